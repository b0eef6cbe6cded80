//! Events of the element with their details.

use js_sys::Reflect;
use wasm_bindgen::JsValue;
use web_sys::CustomEvent;

use crate::words::{ActionKind, ErrorCode, Phase, Tone};

/// Summary of an order, without personal data.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderDetail {
    /// Version of the order, which grows with every change.
    pub version: u64,
    /// State of the order.
    pub tone: Tone,
    /// Number of parcels on their way to the shopper or delivered; returns are not counted.
    pub parcels: u32,
    /// Number of these parcels that have been delivered.
    pub delivered: u32,
    /// Number of these parcels that are expected after the promised day.
    pub late: u32,
}

/// Start of a self-service action by the shopper.
#[derive(Clone, Debug)]
pub struct ActionStart {
    /// Kind of the action.
    pub kind: ActionKind,
    /// Id of the shipment within the order; None for an action that concerns the whole order.
    pub shipment: Option<String>,
    event: CustomEvent,
}

impl ActionStart {
    /// Leaves the action to the page: the widget opens no dialog.
    pub fn prevent_default(&self) {
        self.event.prevent_default();
    }
}

/// Progress of a self-service action.
#[derive(Clone, Debug, PartialEq)]
pub struct ActionDetail {
    /// Kind of the action.
    pub kind: ActionKind,
    /// Progress of the action.
    pub phase: Phase,
    /// Name of the step, with [`Phase::Step`].
    pub step: Option<String>,
    /// Code of the problem, with [`Phase::Failed`].
    pub code: Option<String>,
}

/// Failure of the widget.
#[derive(Clone, Debug, PartialEq)]
pub struct ErrorDetail {
    /// Reason of the failure.
    pub code: ErrorCode,
    /// True if the shopper has a button to try again, or if the widget retries by itself.
    pub retryable: bool,
}

impl From<CustomEvent> for OrderDetail {
    fn from(event: CustomEvent) -> Self {
        let detail = Detail(event.detail());
        Self {
            version: detail.number("version") as u64,
            tone: detail.text("tone").into(),
            parcels: detail.number("parcels") as u32,
            delivered: detail.number("delivered") as u32,
            late: detail.number("late") as u32,
        }
    }
}

impl From<CustomEvent> for ActionStart {
    fn from(event: CustomEvent) -> Self {
        let detail = Detail(event.detail());
        Self { kind: detail.text("kind").into(), shipment: detail.field("shipment").as_string(), event }
    }
}

impl From<CustomEvent> for ActionDetail {
    fn from(event: CustomEvent) -> Self {
        let detail = Detail(event.detail());
        Self {
            kind: detail.text("kind").into(),
            phase: detail.text("phase").into(),
            step: detail.field("step").as_string(),
            code: detail.field("code").as_string(),
        }
    }
}

impl From<CustomEvent> for ErrorDetail {
    fn from(event: CustomEvent) -> Self {
        let detail = Detail(event.detail());
        Self { code: detail.text("code").into(), retryable: detail.field("retryable").is_truthy() }
    }
}

/// Detail of an event as JavaScript has it.
struct Detail(JsValue);

impl Detail {
    /// Returns a field; undefined if there is none.
    fn field(&self, name: &str) -> JsValue {
        Reflect::get(&self.0, &JsValue::from_str(name)).unwrap_or_default()
    }

    /// Returns a text; an empty one if there is none.
    fn text(&self, name: &str) -> String {
        self.field(name).as_string().unwrap_or_default()
    }

    /// Returns a number; zero if there is none.
    fn number(&self, name: &str) -> f64 {
        self.field(name).as_f64().unwrap_or_default()
    }
}
