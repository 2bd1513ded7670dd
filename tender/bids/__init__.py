"""Our joint answer to a call: go/no-go, consortium, rooms, rules of the consultation."""
