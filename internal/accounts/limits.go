package accounts

import "time"

// Limits of what is typed, of sign-in and of what is kept.
const (
	minName      = 2 // letters
	maxName      = 80
	maxCode      = 30
	maxTeam      = 60
	maxDuty      = 120
	maxDevice    = 120
	maxID        = 40 // bytes
	maxQuery     = 80 // letters of a search among people or acts
	minPassword  = 8
	maxPassword  = 128
	maxPage      = 200       // people or acts of one page
	defaultPage  = 50        // when none is asked for
	maxNames     = 500       // ids of one look-up of names
	maxCards     = 1000      // cards of one printing
	maxNamed     = 20        // people offered for a name in the audit log
	readNoted    = time.Hour // in which reading the audit log is noted once
	cardsPart    = 200       // of them, of a whole unit, on one page
	maxScan      = 20_000
	scanPage     = 500 // acts read at a time while searching
	maxHeldActs  = 1000
	maxUnitNames = 100 // letters of a unit's name as typed

	hashMemory = 19 << 10 // KiB of one password hash
	hashPasses = 2
	hashQueue  = 200 // sign-ins that may wait for a core; one more is answered "busy"

	tryWindow      = 15 * time.Minute
	triesPair      = 10  // of one account from one address, in a window
	triesAddress   = 100 // from one address
	triesAccount   = 50  // of one account from devices that are not known
	triesDevice    = 10  // of one account on a known device
	triesCode      = 10  // wrong one-time codes of one account
	wrongCodes     = 5   // of one half-way visit; then it ends
	changeTries    = 10  // wrong old passwords of one person
	codePeriod     = 30  // seconds of one one-time code
	deviceLifetime = 400 * 24 * time.Hour

	traineeVisit = 30 * 24 * time.Hour
	staffVisit   = 12 * time.Hour
	sharedVisit  = 2 * time.Hour
	halfwayVisit = 15 * time.Minute
	traineeCard  = 30 * 24 * time.Hour
	staffCard    = 24 * time.Hour

	sweepEvery = 10 * time.Minute // what has run out is deleted no oftener by one process
)

// Limits of sheets of people.
const (
	maxSheetPeople = 5000   // of one import
	maxSheetOut    = 19_999 // people of one sheet to take away
	maxSheetCell   = 500    // letters of a cell that are kept to be told as a fault
	maxTitleRows   = 10     // rows among which the head is looked for
	maxUnused      = 20     // columns without use that are told
	maxMatches     = 5      // people shown beside a row that may be one of them
	maxImports     = 20     // imports listed
	maxFileName    = 120

	sheetKept = 24 * time.Hour     // how long a sheet waits for being confirmed
	undoFor   = 7 * 24 * time.Hour // how long an import can be undone
)
