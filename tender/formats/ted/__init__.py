"""TED XML R2.0.9, the Union's notices of 2016 to 2023: forms F01 to F25, T01 and T02."""
