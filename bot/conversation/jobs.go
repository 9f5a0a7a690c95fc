package conversation

import "github.com/google/uuid"

// TurnArgs is the job that answers a turn: one for each message, and the write that speaks decides which of them still may.
type TurnArgs struct {
	ShopID         uuid.UUID `json:"shop_id"`
	ConversationID uuid.UUID `json:"conversation_id"`
	Seq            int64     `json:"seq"`
}

// Kind names the job for River.
func (TurnArgs) Kind() string { return "turn" }

// DeliverArgs is the job that carries one delivery to its channel.
type DeliverArgs struct {
	ShopID     uuid.UUID `json:"shop_id"`
	DeliveryID uuid.UUID `json:"delivery_id"`
}

// Kind names the job for River.
func (DeliverArgs) Kind() string { return "deliver" }

// QueueTurns and QueueDeliveries keep slow receivers from holding up answers.
const (
	QueueTurns      = "turns"
	QueueDeliveries = "deliveries"
)
