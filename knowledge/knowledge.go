// Package knowledge is what a shop knows: its articles in several languages, their versions and phrasings,
// and the search that finds the one that answers a shopper's question.
package knowledge

import "errors"

// The sentinels of this package; wrapped with the id or name they are about.
var (
	// ErrNotFound means that the shop, article, version or space asked for does not exist in this shop.
	ErrNotFound = errors.New("not found")
	// ErrExists means that something with this name is already there.
	ErrExists = errors.New("already exists")
	// ErrInvalid means that what was given cannot be stored; the message names the field.
	ErrInvalid = errors.New("invalid")
)
