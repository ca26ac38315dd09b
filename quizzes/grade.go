package quizzes

// Grade reports whether a choice is right: all right options and no other.
func Grade(q Question, chosen []string) bool {
	wanted := map[string]bool{}
	for _, key := range q.Rights() {
		wanted[key] = true
	}
	hit := map[string]bool{}
	for _, key := range chosen {
		if !wanted[key] {
			return false
		}
		hit[key] = true
	}
	return len(hit) > 0 && len(hit) == len(wanted)
}

// TopicScore is how an attempt went within one topic.
type TopicScore struct {
	Topic string
	Right int
	Total int
}

// Missed is a question of an attempt that was answered wrongly.
type Missed struct {
	Position int
	Question Question
	Reply    Reply
}

// Score is the number of right replies.
func (a Attempt) Score() int {
	n := 0
	for _, r := range a.Replies {
		if r.Right {
			n++
		}
	}
	return n
}

// Done reports whether all questions are answered.
func (a Attempt) Done() bool { return !a.FinishedAt.IsZero() }

// Next is the first position without a reply, counted from 1; 0 when none is
// left.
func (a Attempt) Next() int {
	for i := range a.Quiz.Questions {
		if _, replied := a.Replies[i+1]; !replied {
			return i + 1
		}
	}
	return 0
}

// Topics are the scores by topic, in the order in which the topics come up.
// Questions not answered yet count as not right.
func (a Attempt) Topics() []TopicScore {
	var scores []TopicScore
	at := map[string]int{}
	for i, q := range a.Quiz.Questions {
		if _, known := at[q.Topic]; !known {
			at[q.Topic] = len(scores)
			scores = append(scores, TopicScore{Topic: q.Topic})
		}
		s := &scores[at[q.Topic]]
		s.Total++
		if a.Replies[i+1].Right {
			s.Right++
		}
	}
	return scores
}

// Wrong lists the questions answered wrongly, in their order.
func (a Attempt) Wrong() []Missed {
	var list []Missed
	for i, q := range a.Quiz.Questions {
		if r, replied := a.Replies[i+1]; replied && !r.Right {
			list = append(list, Missed{Position: i + 1, Question: q, Reply: r})
		}
	}
	return list
}
