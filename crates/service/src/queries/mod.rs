//! Everything that reads without changing an order: `orders` for the holder of a token and for the retailer, `order_search` and
//! `export`, `guest_lookup` (with the comparison of proofs in `lookup_proof`), `self_service` (choices and quotes), `documents`
//! (acknowledgements, labels, photos), `cases` and `messages` for the retailer's staff, `mails` for the sender of mails. `orders`, `export` and `self_service`
//! recompute an order that is due before they read it.

mod cases;
mod documents;
mod export;
mod guest_lookup;
mod lookup_proof;
mod mails;
mod messages;
mod order_search;
mod orders;
mod self_service;
mod shop_orders;

pub use cases::CaseDetails;
pub use documents::Label;
pub use guest_lookup::proof_of;
pub use lookup_proof::Proof;
pub use mails::{Declaration, MailOrder};
pub use order_search::OrderSearch;
