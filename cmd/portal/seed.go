package main

import (
	"context"
	"fmt"

	"sotay/content"
	"sotay/internal/store"
	"sotay/quizzes"
	"sotay/search"
)

// seed fills an empty database with the embedded texts, quizzes and words, as
// the operator's act. Quizzes link to the embedded guides, so they come only
// where these are; words help with any texts.
func seed(ctx context.Context, db *store.DB, lib *content.Library, bank *quizzes.Bank) error {
	if err := search.SeedWords(ctx, db, operator); err != nil {
		return fmt.Errorf("seed words: %w", err)
	}
	if err := lib.Seed(ctx, operator); err != nil {
		return fmt.Errorf("seed texts: %w", err)
	}
	seeded, err := lib.Seeded(ctx)
	if err != nil || !seeded {
		return err
	}
	if err := bank.Seed(ctx, operator); err != nil {
		return fmt.Errorf("seed quizzes: %w", err)
	}
	return nil
}
