package knowledge

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// ErrOvertaken means that others changed an article while a publication or an import of it was prepared: it was taken
// down, or a newer version was published, and that stands. What was overtaken can be started again.
var ErrOvertaken = errors.New("the article was changed by somebody else meanwhile")

// ErrPublishedOver is an ErrOvertaken of an import: another version was published while the import was under way.
var ErrPublishedOver = fmt.Errorf("another version was published: %w", ErrOvertaken)

// standing is how an article stands. A publication reads it before its slow part and again when nobody else can change it.
type standing struct {
	status  string
	head    int
	live    int // 0 when none
	changed time.Time
}

// standings reads how articles stand; a condition on a follows, with the shop as $1.
func standings(ctx context.Context, q querier, condition string, args ...any) (map[uuid.UUID]standing, error) {
	rows, err := q.Query(ctx, `select a.article_id, a.status, a.head, coalesce(a.live, 0), a.updated_at from articles a where a.shop_id = $1 `+condition, args...)
	if err != nil {
		return nil, err
	}
	stand := make(map[uuid.UUID]standing)
	var id uuid.UUID
	var s standing
	_, err = pgx.ForEachRow(rows, []any{&id, &s.status, &s.head, &s.live, &s.changed}, func() error {
		stand[id] = s
		return nil
	})
	return stand, err
}

// takenDownSince says whether an article that stands like this was taken down after it stood as before. What does not
// answer because nobody has published it yet, was not: somebody has only saved a draft of it.
func (s standing) takenDownSince(before standing) bool {
	if s.live > 0 || s.changed.Equal(before.changed) {
		return false
	}
	return before.live > 0 || s.status == Archived || s.head == before.head
}

// publishedOverSince says whether a newer version than this one was published after the article stood as before.
func (s standing) publishedOverSince(before standing, version int) bool {
	return s.live > version && s.live != before.live
}
