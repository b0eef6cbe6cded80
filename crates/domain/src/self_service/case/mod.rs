//! Cases: the shopper's requests, their state and the next step. Pure. Opened by [`super::request`]; changed by time, shipments
//! and refunds (`time`) and by the retailer ([`retailer`]).

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
