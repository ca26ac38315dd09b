package office

import "time"

// Limits of files. Those of an xlsx file's parts are counted while unpacking,
// before any part is understood: the sizes that a file declares may lie.
const (
	MaxFileBytes = 8 << 20
	MaxRows      = 20_000
	MaxColumns   = 100
	MaxCellBytes = 32<<10 - 1 // what Excel too holds at most

	maxTextBytes     = 16 << 20 // of all cells; many cells may show one long text
	maxParts         = 2000     // files in the archive
	maxUnpacked      = 64 << 20 // of all parts
	maxRatio         = 100      // unpacked to packed, beyond freeRatioBytes
	freeRatioBytes   = 1 << 20
	maxDepth         = 256       // elements inside one another
	maxRootTagBytes  = 16 << 10  // of the outermost tag, which declares namespaces
	maxTagBytes      = 4 << 10   // of any other tag; it may hold a number format, which is run for each cell
	maxSheetElements = 1_000_000 // of one sheet
	maxTextElements  = 300_000   // of the shared texts
	maxOtherElements = 50_000    // of styles and lists of parts, each
	maxReading       = 10 * time.Second
)
