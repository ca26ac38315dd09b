// Package house holds tests only: they enforce the plan that ARCHITECTURE.md
// tells, so that a change of the plan shows as a change of both.
package house
