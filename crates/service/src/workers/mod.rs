//! Background work, one file each: `recompute` of due orders, `transit_statistics`, `outbox` (sends messages), `retention`
//! (erases finished orders and empties the write-ahead log), `unused_photos`, and `number_keys`, which runs once at the start.
//! Each other worker has two methods: one does a single pass, the other repeats the pass until the shutdown. `keep_running`
//! restarts a worker that ends or panics. The backend starts the workers.

mod keep_running;
mod number_keys;
mod outbox;
mod recompute;
mod retention;
mod shop_orders;
mod transit_statistics;
mod unused_photos;

pub use keep_running::keep_running;
