"""The proof of an assembly: reads inputs and result by itself, shares no code with the engine."""
