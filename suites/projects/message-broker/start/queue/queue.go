// Package queue keeps messages until those who subscribed have dealt with them.
package queue

// Options are the same for all subscriptions.
type Options struct {
	Lease int64 // milliseconds
	Tries int   // at least 1
	Most  int   // messages in a subscription; 0 is no bound
}

// Delivery is a message that was handed out.
type Delivery struct {
	Number  int64
	Topic   string
	Key     string
	Body    string
	Try     int
	Receipt string
}

// Dead is a message that nobody could deal with.
type Dead struct {
	Number int64
	Why    string
}

// Broker keeps the messages of all subscriptions.
type Broker struct {
}

// New makes a broker without subscriptions.
func New(o Options) *Broker {
	panic("not written")
}

// Load makes the broker again that was saved.
func Load(o Options, data []byte) (*Broker, error) {
	panic("not written")
}

// Subscribe makes a subscription.
func (b *Broker) Subscribe(name, pattern string) error {
	panic("not written")
}

// Publish gives a message to all subscriptions that it fits.
func (b *Broker) Publish(now int64, topicName, key, body string) int64 {
	panic("not written")
}

// Receive hands out messages.
func (b *Broker) Receive(now int64, name string, most int) ([]Delivery, error) {
	panic("not written")
}

// Ack says that a message was dealt with.
func (b *Broker) Ack(now int64, receipt string) bool {
	panic("not written")
}

// Nack says that a message was not dealt with.
func (b *Broker) Nack(now int64, receipt string, delay int64) bool {
	panic("not written")
}

// Dead has the messages of a subscription that died.
func (b *Broker) Dead(now int64, name string) []Dead {
	panic("not written")
}

// Held is how many messages a subscription holds.
func (b *Broker) Held(now int64, name string) int {
	panic("not written")
}

// Dropped is how many messages were too many.
func (b *Broker) Dropped(name string) int {
	panic("not written")
}

// Save writes everything down.
func (b *Broker) Save(now int64) []byte {
	panic("not written")
}
