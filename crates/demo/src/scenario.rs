//! Structure of a scenario: an order, its history, and the steps that the demo plays while it runs. The scenarios are in `scenarios/`.

use std::collections::BTreeMap;

use doorstep_contract::{
    CaseId, Condition, ConditionState, Confidence, DeliveredTo, Direction, Party, PromiseSource, Raw, Reason, ShipmentId,
    ShopperRequest, Source, Stage, TrackingLevel,
};
use doorstep_domain::order::new_order::{NewCarrier, NewLine, NewPart};
use doorstep_domain::policy::Policy;
use doorstep_domain::self_service::case::retailer::CaseUpdate;
use serde::Deserialize;

/// One order of the demo. Times are texts in the notation of `moment.rs`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Scenario {
    /// Identifier of the order, without the prefix `ord_demo_`.
    pub(super) id: String,
    /// Heading under which the order is listed.
    pub(super) group: String,
    /// Short description of the situation.
    pub(super) title: String,
    pub(super) number: String,
    pub(super) placed: String,
    /// Recipient of the order, by a name in `people.json`.
    pub(super) to: String,
    pub(super) lines: Vec<NewLine>,
    pub(super) shipments: Vec<Parcel>,
    #[serde(default)]
    pub(super) unshipped: Vec<Undispatched>,
    pub(super) history: Vec<Step>,
    pub(super) clock: Option<Motion>,
}

/// A shipment.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Parcel {
    /// Carrier, by a name in `carriers.json`.
    pub(super) carrier: String,
    pub(super) tracking_number: String,
    pub(super) promised: Option<String>,
    pub(super) direction: Option<Direction>,
    pub(super) of: Option<String>,
    pub(super) tracking_level: Option<TrackingLevel>,
    pub(super) pieces: Option<u32>,
    pub(super) usual_gap_h: Option<u32>,
    pub(super) lines: Vec<NewPart>,
}

/// Items that have not been dispatched yet.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Undispatched {
    pub(super) line_id: String,
    pub(super) quantity: u32,
    pub(super) dispatch: Option<String>,
    pub(super) promised: Option<String>,
}

/// One step of a scenario. A step with a stage is a tracking event. A step without a stage changes only the facts of the
/// shipment, unless `asks`, `decides` or `delivers` is present.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Step {
    #[serde(default = "first_shipment")]
    pub(super) shipment: ShipmentId,
    #[serde(default = "now")]
    pub(super) at: String,
    /// Time zone of the place; the destination's if it is missing.
    pub(super) zone: Option<String>,
    pub(super) stage: Option<Stage>,
    pub(super) condition: Option<ConditionState>,
    pub(super) reason: Option<Reason>,
    pub(super) place: Option<String>,
    pub(super) country: Option<String>,
    pub(super) text: Option<String>,
    pub(super) source: Option<Source>,
    pub(super) raw: Option<Raw>,
    #[serde(default)]
    pub(super) facts: Facts,
    /// Self-service request of the shopper, instead of a tracking event.
    pub(super) asks: Option<ShopperRequest>,
    /// Decision of the retailer about a case, instead of a tracking event.
    pub(super) decides: Option<Decided>,
    /// Payload of a provider, instead of a tracking event.
    pub(super) delivers: Option<Delivered>,
}

/// Payload of a provider, in the provider's own format. A text that begins with `@` is a time.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Delivered {
    pub(super) provider: String,
    pub(super) body: serde_json::Value,
}

/// Decision of the retailer about a case.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Decided {
    #[serde(default = "first_case")]
    pub(super) case: CaseId,
    pub(super) update: CaseUpdate,
}

fn first_case() -> CaseId {
    CaseId::from("c1")
}

fn first_shipment() -> ShipmentId {
    ShipmentId::from("s1")
}

fn now() -> String {
    "now".to_owned()
}

/// Facts about the shipment as a whole.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Facts {
    pub(super) condition: Option<Condition>,
    pub(super) expected: Option<String>,
    pub(super) confidence: Option<Confidence>,
    pub(super) source: Option<PromiseSource>,
    pub(super) why: Option<Reason>,
    pub(super) stops_away: Option<u32>,
    pub(super) delivered: Option<ProofOfDelivery>,
    pub(super) pickup: Option<Point>,
    pub(super) action: Option<RequiredAction>,
    pub(super) reroute: Option<String>,
}

/// Proof of delivery.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProofOfDelivery {
    pub(super) to: DeliveredTo,
    pub(super) detail: Option<String>,
    pub(super) signed_by: Option<String>,
    /// Path of the photo on the site.
    pub(super) photo: Option<String>,
}

/// Pickup point.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Point {
    pub(super) name: String,
    pub(super) lines: Vec<String>,
    pub(super) hours: Vec<String>,
    pub(super) collect_by: String,
    pub(super) code: Option<String>,
    pub(super) location: Option<String>,
}

/// Required action, and the party that has to act.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RequiredAction {
    pub(super) who: Party,
    pub(super) what: String,
    pub(super) by: Option<String>,
}

/// Steps that are played while the demo runs. After the last step and a pause, the scenario starts again.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Motion {
    /// Seconds between two steps.
    pub(super) every_s: u64,
    /// Seconds before the first step, if it is not `every_s`.
    pub(super) start_s: Option<u64>,
    /// Seconds for which the final state is shown.
    pub(super) hold_s: u64,
    pub(super) steps: Vec<Step>,
}

/// Recipient of an order.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Person {
    pub(super) time_zone: String,
    pub(super) country: String,
    pub(super) lines: Vec<String>,
    pub(super) email: String,
    pub(super) postcode: String,
}

/// All scenarios in the order of [`SCENARIOS`], with their recipients, carriers and policy.
pub(super) struct ScenarioCatalog {
    pub(super) scenarios: Vec<Scenario>,
    pub(super) people: BTreeMap<String, Person>,
    pub(super) carriers: BTreeMap<String, NewCarrier>,
    /// Policy for the shoppers' self-service actions.
    pub(super) policy: Policy,
}

/// Self-service policy of the demo.
pub const POLICY: &str = include_str!("policy.toml");

macro_rules! scenarios {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("scenarios/", $name, ".json")))),*]
    };
}

/// Names and contents of the scenario files, in the order in which the demo lists its orders.
pub(super) const SCENARIOS: &[(&str, &str)] = scenarios![
    "on_time",
    "out_for_delivery",
    "split",
    "new",
    "neighbour",
    "safe_place",
    "in_part",
    "late",
    "at_risk",
    "estimate_withdrawn",
    "stalled",
    "van_overdue",
    "attempt",
    "pickup",
    "customs_documents",
    "customs_duty",
    "address",
    "damaged",
    "lost",
    "returning",
    "not_collected",
    "cancelled",
    "partial_tracking",
    "unknown_words",
    "late_dispatch",
    "withdrawal",
    "asked_carrier",
    "asked_shopper",
    "case_resolved",
    "case_declined",
    "refund_promised",
    "return_label",
    "refund_overdue",
    "long_ago",
    "asked_person",
    "quirk_order",
    "quirk_misdated",
    "quirk_doubles",
    "quirk_formats",
    "quirk_zulu",
    "quirk_zones",
    "quirk_dates",
    "quirk_exception",
    "quirk_redelivered",
    "quirk_sent_back",
    "quirk_to_sender",
    "quirk_voided",
    "quirk_number",
    "quirk_partner",
    "quirk_pieces",
    "quirk_untracked",
];

impl Scenario {
    /// Returns true if the history of the scenario opens cases. In this case, a restart of the scenario removes the cases that
    /// visitors have opened.
    pub(super) fn has_cases(&self) -> bool {
        self.history.iter().any(|step| step.asks.is_some())
    }
}

impl ScenarioCatalog {
    /// Reads all scenarios. A test reads them too, so that an unreadable scenario is not released.
    pub(super) fn open() -> Result<Self, String> {
        fn read<T: serde::de::DeserializeOwned>(name: &str, json: &str) -> Result<T, String> {
            serde_json::from_str(json).map_err(|error| format!("demo: {name}: {error}"))
        }
        Ok(Self {
            scenarios: SCENARIOS.iter().map(|(name, json)| read(name, json)).collect::<Result<_, _>>()?,
            people: read("people", include_str!("people.json"))?,
            carriers: read("carriers", include_str!("carriers.json"))?,
            policy: Policy::read(POLICY).map_err(|flaws| format!("demo: policy: {flaws:?}"))?,
        })
    }
}
