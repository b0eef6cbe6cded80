//! Returns: the quote, the label, and the decisions of the retailer's staff.

use doorstep_contract::{Quote, QuoteRequest};

use super::stored::read;
use super::{Document, Service};
use crate::error::Error;
use crate::store::Write;
use doorstep_domain::label::{Format, NotDrawn, draw};
use doorstep_domain::returns::{ReturnUpdate, decide, quote, slip};

impl Service {
    /// Returns the quote of a return at the current time. Nothing is stored.
    pub async fn quote(&self, order_id: &str, request: &QuoteRequest) -> Result<Quote, Error> {
        let stored = self.0.store.order(order_id).await?.ok_or(Error::OrderNotFound)?;
        let mut record = read(&stored)?;
        self.recompute(&mut record);
        Ok(quote(&record, self.rules(&record.order), request, self.now())?)
    }

    /// Returns the label of a return and its file name.
    pub async fn label(&self, order_id: &str, return_id: &str, format: Format) -> Result<(Vec<u8>, String), Error> {
        let stored = self.0.store.order(order_id).await?.ok_or(Error::OrderNotFound)?;
        let record = read(&stored)?;
        let slip = slip(&record, self.rules(&record.order), return_id, format).ok_or(Error::LabelNotFound)?;
        let drawn = draw(&slip, format).map_err(|error| match error {
            NotDrawn::CodeTooLong | NotDrawn::Picture => Error::Internal(format!("label: {error:?}")),
        })?;
        let plain = |c: &char| c.is_ascii_alphanumeric() || *c == '-';
        let name: String = slip.reference.chars().filter(plain).collect();
        Ok((drawn, format!("return-{name}.{}", format.extension())))
    }

    /// Applies a decision of the retailer's staff about a return.
    pub(super) async fn decide_return(
        &self,
        write: &mut Write,
        (order_id, return_id): (&str, &str),
        update: &ReturnUpdate,
    ) -> Result<Document, Error> {
        let stored = write.order(order_id).await?.ok_or(Error::UnknownOrder)?;
        let mut record = read(&stored)?;
        self.recompute(&mut record);
        if record.order.returns.iter().all(|back| back.id != return_id) {
            return Err(Error::UnknownReturn);
        }
        let rules = self.rules(&record.order);
        decide(&mut record, rules, return_id, update, self.now())?;
        record.order.version += 1;
        self.write(write, record).await
    }
}
