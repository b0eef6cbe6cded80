//! Documents that the shopper can keep: the acknowledgement of a case, the label of a return, and the photos of the order.

use doorstep_contract::OrderId;
use doorstep_documents::label::{Format, NotDrawn, draw, label_contents};
use doorstep_domain::order::OrderAggregate;
use doorstep_domain::self_service::case::acknowledgement;

use crate::error::Error;
use crate::refs::{CaseRef, ReturnRef};
use crate::service::Service;
use crate::stored_order::parse;

/// The label of a return as a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Content of the file.
    pub bytes: Vec<u8>,
    /// Name of the file.
    pub name: String,
}

impl Service {
    /// Returns the acknowledgement of a case as text.
    pub async fn acknowledgement(&self, case: &CaseRef) -> Result<String, Error> {
        acknowledgement(&self.aggregate(&case.order_id).await?, &case.case_id).ok_or(Error::CaseNotFound)
    }

    /// Returns the label of a return.
    pub async fn label(&self, of: &ReturnRef, format: Format) -> Result<Label, Error> {
        let aggregate = self.aggregate(&of.order_id).await?;
        let contents =
            label_contents(&aggregate, self.0.rules(&aggregate.order), &of.return_id, format).ok_or(Error::LabelNotFound)?;
        let bytes = draw(&contents, format).map_err(|error| match error {
            NotDrawn::CodeTooLong | NotDrawn::Picture => Error::Internal(format!("label: {error:?}")),
        })?;
        let plain = |c: &char| c.is_ascii_alphanumeric() || *c == '-';
        let rma_number: String = contents.rma_number.chars().filter(plain).collect();
        Ok(Label { bytes, name: format!("return-{rma_number}.{}", format.extension()) })
    }

    /// Returns a photo of this order.
    pub async fn photo(&self, order_id: &OrderId, photo_id: &str) -> Result<Vec<u8>, Error> {
        self.0.store.photo(photo_id, order_id).await?.ok_or(Error::EvidenceNotFound)
    }

    async fn aggregate(&self, order_id: &OrderId) -> Result<OrderAggregate, Error> {
        parse(&self.0.store.order(order_id).await?.ok_or(Error::OrderNotFound)?)
    }
}
