//! Cases: the records of the shopper's requests, with state and next step. Pure. [`super::request`] opens cases. `time` advances
//! them by time, shipments and refunds, and [`retailer`] applies decisions of the retailer.

mod acknowledgement;
mod grant;
mod machine;
mod opening;
pub mod retailer;
mod steps;
pub(crate) mod time;

pub use acknowledgement::acknowledgement;
pub(crate) use grant::{grant, promise_refund};
pub use machine::may_follow;
pub use opening::Occasion;
pub(crate) use opening::open;
pub use steps::{answer_by, change, enter};
pub(crate) use steps::{entry, resolve};
