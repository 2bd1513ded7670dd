"""Use-cases of the sections: planning, writing, reviewing."""
