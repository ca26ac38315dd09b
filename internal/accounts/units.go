package accounts

// Unit is a province or a commune. ID is its official code.
type Unit struct{ ID, Name, Kind, Parent string }

// The kinds of units.
const (
	Province = "province"
	Commune  = "commune"
)
