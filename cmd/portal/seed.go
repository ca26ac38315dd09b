package main

import (
	"context"
	"fmt"

	"sotay/content"
	"sotay/quizzes"
)

// seed fills an empty database with the embedded texts and quizzes, as the
// operator's act. Quizzes link to the embedded guides, so they come only where
// these are.
func seed(ctx context.Context, lib *content.Library, bank *quizzes.Bank) error {
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
