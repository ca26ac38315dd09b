// Package quizzes asks people what they have learnt. It owns the question bank
// in GIFT form, the quizzes made of its questions, and the attempts of visitors
// with their marks. It refuses a question without a right answer, an
// explanation, a link to read on and a legal basis. It cites law by reference
// only, and knows nothing of guides, search or HTTP.
//
//	bank := quizzes.New(db)
//	attempt, err := bank.Start(ctx, visit, "kiem-phieu")
//	attempt, err = bank.Reply(ctx, visit, "kiem-phieu", attempt.Next(), []string{"b"})
package quizzes
