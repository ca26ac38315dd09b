// Package content turns Markdown and answers into published text. It owns
// guides, questions with their answers, training sessions, the register of law,
// and the revisions all of them are saved as. It refuses text that breaks its
// limits or cites a form it cannot read. It knows nothing of search, quizzes or
// HTTP; it does know the address of each of its things on the site, because
// Markdown links carry these addresses.
//
//	lib := content.New(db)
//	guide, err := lib.Guide(ctx, "trang-tri-phong-bo-phieu")
package content
