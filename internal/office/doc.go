// Package office reads and writes sheets: xlsx and csv files to rows of text
// and back. It knows files, not what their rows mean.
//
// It refuses files beyond its limits before they cost memory, never reckons a
// formula, and writes every cell as text, so that none is read as one.
//
//	rows, err := office.Rows("danh-sach.xlsx", data) // *office.Error when refused
//	data, err = office.Write(office.CSV, head, cells)
package office
