package content

// SeedFrom is Seed with other files than the embedded ones.
var SeedFrom = (*Library).seed
