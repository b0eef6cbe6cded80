//! Everything that changes an order, by originator: `orders` and `messages` for the retailer's systems, `tracking` for the
//! providers, `self_service` and `photos` for the shopper, `cases` and `returns` for the retailer's staff and the shopper in a
//! case, `mails` for the shopper's wish about mails, `shop_orders` and `imports` for shop platforms, `erasure` for the retailer and the retention
//! time, `restore` for the demo.
//!
//! `command` names the commands that are carried out once for their idempotency key, `execute` carries them out. The functions of the
//! other files take a unit of work and leave its commit to their caller.

mod cases;
mod command;
mod erasure;
mod execute;
mod imports;
mod mails;
mod messages;
mod orders;
mod photos;
mod restore;
mod returns;
mod self_service;
mod shop_orders;
mod tracking;

pub use command::{Answer, Command, SelfServiceRequest};
pub use erasure::ErasedBy;
pub use mails::Subscription;
pub use photos::{PhotoQuota, PhotoUpload};
pub use shop_orders::RecordTally;
pub use tracking::Tally;
