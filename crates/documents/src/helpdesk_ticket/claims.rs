//! Deadline by which the retailer has to make a claim against the carrier. The note of a ticket states the deadline, because it
//! can pass while the case waits for an answer.

use chrono::{DateTime, TimeDelta, Utc};
use doorstep_contract::{ActionKind, Shipment, Stage, StagePhase};
use doorstep_domain::tracking::stage;

use super::context::TicketContext;

/// Parcel that a claim can be made for, and the deadline of the claim.
pub(super) struct Claim<'a> {
    pub(super) shipment: &'a Shipment,
    pub(super) by: DateTime<Utc>,
}

/// Returns the deadline for a claim against the carrier of the parcel that the case is about. Returns None if the kind of the
/// case or the policy allows no claim, if the case is about no parcel, or if the carrier or the time of the handover is unknown.
pub(super) fn deadline<'a>(context: &TicketContext<'a>) -> Option<Claim<'a>> {
    let claimable = matches!(
        context.case.kind,
        ActionKind::ReportNonReceipt | ActionKind::ReportDamaged | ActionKind::ReportMissingItem | ActionKind::Contact
    );
    let shipment = context.order.shipments.iter().find(|shipment| Some(&shipment.id) == context.case.shipment_id.as_ref())?;
    let carrier = shipment.carrier.as_ref()?;
    let days = context.claims.days_of.get(&carrier.code.to_lowercase()).copied().unwrap_or(context.claims.days);
    let zone = doorstep_domain::calendar::zone(context.order);
    let moved = |stage: &Stage| !matches!(stage.phase(), StagePhase::BeforeHandOver | StagePhase::Unknown);
    let scans = shipment.events.iter().filter(|event| moved(&event.stage));
    let handed_over = scans.map(|event| stage::instant(event, zone)).min()?;
    (claimable && days > 0).then(|| Claim { shipment, by: handed_over + TimeDelta::days(days.into()) })
}
