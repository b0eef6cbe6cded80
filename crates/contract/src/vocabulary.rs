//! Enums for the status of a shipment: its stage, its condition, the reason for the condition, the responsible party, and the
//! recipient or place of the delivery. Stage, condition and reason are independent of each other.

use super::lenient::{Lenient as _, document, vocabulary};
use super::time::Timestamp;

vocabulary! {
    /// Stage of a shipment.
    pub enum Stage {
        /// Ordered, and nothing is prepared yet.
        Ordered = "ordered",
        /// Packed, waiting for the carrier.
        Packed = "packed",
        /// Announced to the carrier, but not scanned yet.
        LabelCreated = "label_created",
        /// The carrier has the parcel.
        HandedOver = "handed_over",
        /// Between two places.
        InTransit = "in_transit",
        /// With a customs authority.
        Customs = "customs",
        /// At the depot that delivers it.
        AtLocalDepot = "at_local_depot",
        /// On the vehicle that delivers it.
        OutForDelivery = "out_for_delivery",
        /// At a pickup point or locker, waiting to be collected.
        ReadyForPickup = "ready_for_pickup",
        /// Delivered or collected.
        Delivered = "delivered",
        /// On its way back to the sender.
        Returning = "returning",
        /// Back with the sender.
        Returned = "returned",
        /// Will not be sent.
        Cancelled = "cancelled",
        /// Given up by the carrier.
        Lost = "lost",
        /// Destroyed.
        Destroyed = "destroyed",
    }
}

/// Phase of a shipment, for code that treats several stages in the same manner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StagePhase {
    /// The carrier does not have the parcel yet.
    BeforeHandOver,
    /// The carrier moves the parcel to its destination.
    OnTheWay,
    /// The parcel is at its destination: delivered, or waiting to be collected.
    AtDestination,
    /// The parcel goes back to the sender, or is back.
    BackToSender,
    /// The parcel neither arrives nor goes back: cancelled, lost or destroyed.
    Ended,
    /// The stage is a value that this version does not know.
    Unknown,
}

impl Stage {
    /// Returns the phase of the stage.
    pub fn phase(&self) -> StagePhase {
        match self {
            Self::Ordered | Self::Packed | Self::LabelCreated => StagePhase::BeforeHandOver,
            Self::HandedOver | Self::InTransit | Self::Customs | Self::AtLocalDepot | Self::OutForDelivery => {
                StagePhase::OnTheWay
            }
            Self::ReadyForPickup | Self::Delivered => StagePhase::AtDestination,
            Self::Returning | Self::Returned => StagePhase::BackToSender,
            Self::Cancelled | Self::Lost | Self::Destroyed => StagePhase::Ended,
            Self::Unknown(_) => StagePhase::Unknown,
        }
    }
}

vocabulary! {
    /// Condition of a shipment.
    pub enum ConditionState {
        /// Nothing is known to be wrong.
        Ok = "ok",
        /// Probably late, but not reported as late by the carrier.
        AtRisk = "at_risk",
        /// Later than promised.
        Late = "late",
        /// No scan for longer than usual.
        Stalled = "stalled",
        /// Held back, for example by the carrier or by customs.
        Held = "held",
        /// A delivery attempt failed.
        AttemptFailed = "attempt_failed",
        /// Not collected in time.
        NotCollected = "not_collected",
        /// Damaged.
        Damaged = "damaged",
        /// The address is wrong or incomplete.
        AddressProblem = "address_problem",
        /// A payment is due before the shipment can go on.
        PaymentDue = "payment_due",
        /// Documents are missing.
        DocumentsDue = "documents_due",
        /// Refused by the recipient.
        Refused = "refused",
        /// Sent to the wrong place.
        Misrouted = "misrouted",
    }
}

vocabulary! {
    /// Reason for the condition. The first word of most names is the party that caused the condition.
    pub enum Reason {
        /// The parcel was damaged in transit.
        CarrierDamagedParcel = "carrier_damaged_parcel",
        /// The parcel was sorted wrongly.
        CarrierSortingError = "carrier_sorting_error",
        /// The driver did not find the address.
        CarrierAddressNotFound = "carrier_address_not_found",
        /// The parcel was lost.
        CarrierParcelLost = "carrier_parcel_lost",
        /// The driver ran out of time.
        CarrierNotEnoughTime = "carrier_not_enough_time",
        /// The vehicle broke down.
        CarrierVehicleIssue = "carrier_vehicle_issue",
        /// There were more parcels than the carrier could move.
        CarrierCapacityExceeded = "carrier_capacity_exceeded",
        /// A machine or an aircraft was out of order.
        CarrierMechanicalDelay = "carrier_mechanical_delay",
        /// The retailer cancelled.
        RetailerCancelled = "retailer_cancelled",
        /// The retailer's data was wrong.
        RetailerIncorrectData = "retailer_incorrect_data",
        /// The retailer was not ready.
        RetailerNotReady = "retailer_not_ready",
        /// The wrong parcel was handed over.
        RetailerIncorrectParcel = "retailer_incorrect_parcel",
        /// The declared size was wrong.
        RetailerIncorrectDimensions = "retailer_incorrect_dimensions",
        /// The packaging was not strong enough.
        RetailerPackagingIssue = "retailer_packaging_issue",
        /// The recipient refused it.
        ConsigneeRefused = "consignee_refused",
        /// The recipient's business was closed.
        ConsigneeBusinessClosed = "consignee_business_closed",
        /// The recipient could not be reached.
        ConsigneeNotAvailable = "consignee_not_available",
        /// Nobody was at home.
        ConsigneeNotHome = "consignee_not_home",
        /// The recipient cancelled.
        ConsigneeCancelled = "consignee_cancelled",
        /// The recipient could not be verified.
        ConsigneeVerificationFailed = "consignee_verification_failed",
        /// The address given was wrong.
        ConsigneeIncorrectAddress = "consignee_incorrect_address",
        /// The driver could not get access.
        ConsigneeAccessRestricted = "consignee_access_restricted",
        /// The safe place could not be used.
        ConsigneeSafePlaceUnavailable = "consignee_safe_place_unavailable",
        /// Customs takes longer.
        CustomsDelay = "customs_delay",
        /// Customs needs documents.
        CustomsDocumentation = "customs_documentation",
        /// Duties are unpaid.
        CustomsDutiesUnpaid = "customs_duties_unpaid",
        /// The goods are prohibited.
        CustomsProhibited = "customs_prohibited",
        /// Customs inspects the parcel.
        CustomsInspection = "customs_inspection",
        /// Weather.
        WeatherDelay = "weather_delay",
        /// A natural disaster.
        NaturalDisaster = "natural_disaster",
        /// Another event outside everybody's control.
        ForceMajeure = "force_majeure",
        /// The carrier is searching for the parcel.
        ParcelBeingResearched = "parcel_being_researched",
        /// A security matter.
        SecurityIssue = "security_issue",
        /// Held by a regulation.
        RegulatoryHold = "regulatory_hold",
    }
}

vocabulary! {
    /// Party that is responsible for the condition.
    pub enum Responsibility {
        /// The carrier.
        Carrier = "carrier",
        /// The retailer.
        Retailer = "retailer",
        /// The recipient.
        Recipient = "recipient",
        /// A customs authority.
        Customs = "customs",
        /// No party involved: weather, strikes, disasters.
        External = "external",
    }
}

vocabulary! {
    /// Recipient or place of a delivery.
    pub enum DeliveredTo {
        /// The addressee in person.
        Recipient = "recipient",
        /// Somebody else at the address.
        Household = "household",
        /// A neighbour.
        Neighbour = "neighbour",
        /// A safe place.
        SafePlace = "safe_place",
        /// The mailbox.
        Mailbox = "mailbox",
        /// A parcel locker.
        Locker = "locker",
        /// Collected at a pickup point.
        PickupPoint = "pickup_point",
        /// A reception or post room.
        Reception = "reception",
        /// Another address.
        OtherAddress = "other_address",
        /// Only some pieces of the shipment were delivered.
        InPart = "in_part",
    }
}

document! {
    /// Condition of a shipment, with its reason, the responsible party and the time since which it holds.
    pub struct Condition {
        /// The condition.
        pub state: ConditionState,
        /// Reason, if the carrier or the retailer gave one.
        pub reason: Option<Reason>,
        /// Responsible party.
        pub responsibility: Option<Responsibility>,
        /// Time since which the condition holds.
        pub since: Option<Timestamp>,
    }
}

impl Default for Condition {
    fn default() -> Self {
        Self { state: ConditionState::Ok, reason: None, responsibility: None, since: None }
    }
}

impl super::lenient::Field for Condition {
    fn take(json: Option<&super::json::Value>) -> Self {
        json.and_then(Self::read).unwrap_or_default()
    }
}
