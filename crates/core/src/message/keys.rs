//! Keys of all catalogue entries of the first load, with their placeholders. A catalogue with a missing or an additional entry
//! fails the check of the catalogues. Entries that only the second chunk uses are in `request_keys.rs`.
//!
//! In `locales/` the entries have names. The build turns a catalogue into an array in the order of this table, so that neither
//! the names nor code to search for them is downloaded. Each constant is documented with its English text.

use super::table::keys;

keys! {
    #[expect(non_camel_case_types, clippy::upper_case_acronyms, reason = "named like the entries, only to number them")]
    from 0;
    // Names of days and delivery windows.
    /// “today”
    DAY_TODAY = "day.today" ();
    /// “tomorrow”
    DAY_TOMORROW = "day.tomorrow" ();
    /// “yesterday”
    DAY_YESTERDAY = "day.yesterday" ();
    /// “{date}”
    DAY_ON = "day.on" ("date");
    /// “{ago}”, the elapsed time up to now
    AGO = "ago" ("ago");
    /// “{date}”
    DAY_NAME = "day.name" ("date");
    /// “{dates}”
    DAYS_RANGE = "days.range" ("dates");
    /// “{day}, {from}–{to}”
    WINDOW_HOURS = "window.hours" ("day" "from" "to");
    /// “{day}, {time}”
    MOMENT = "moment" ("day" "time");
    // Headline.
    /// “We are getting your order ready”
    HEADLINE_PREPARING = "headline.preparing" ();
    /// “We are getting your order ready. It should leave {when}”
    HEADLINE_PREPARING_UNTIL = "headline.preparing-until" ("when");
    /// “We are getting your order ready. It should arrive {when}”
    HEADLINE_PREPARING_ARRIVING = "headline.preparing-arriving" ("when");
    /// “Ready to go, waiting for the carrier’s first scan”
    HEADLINE_AWAITING_CARRIER = "headline.awaiting-carrier" ();
    /// “Waiting for the carrier’s first scan. It should arrive {when}”
    HEADLINE_AWAITING_CARRIER_ARRIVING = "headline.awaiting-carrier-arriving" ("when");
    /// “The carrier has your parcel”
    HEADLINE_HANDED_OVER = "headline.handed-over" ();
    /// “Your parcel is on its way”
    HEADLINE_ON_THE_WAY = "headline.on-the-way" ();
    /// “Arriving {when}”
    HEADLINE_ARRIVING = "headline.arriving" ("when");
    /// “Your parcel is with customs”
    HEADLINE_CUSTOMS = "headline.customs" ();
    /// “With customs. It should arrive {when}”
    HEADLINE_CUSTOMS_ARRIVING = "headline.customs-arriving" ("when");
    /// “Your parcel is at the depot near you”
    HEADLINE_AT_LOCAL_DEPOT = "headline.at-local-depot" ();
    /// “Out for delivery {day}”
    HEADLINE_OUT_FOR_DELIVERY = "headline.out-for-delivery" ("day");
    /// “{count} stops away”
    HEADLINE_STOPS_AWAY = "headline.stops-away" ("count");
    /// “Ready to collect”
    HEADLINE_READY = "headline.ready" ();
    /// “Ready to collect until {day}”
    HEADLINE_READY_UNTIL = "headline.ready-until" ("day");
    /// “Delivered”
    HEADLINE_DELIVERED = "headline.delivered" ();
    /// “Delivered {day}”
    HEADLINE_DELIVERED_ON = "headline.delivered-on" ("day");
    /// “Left with a neighbour”
    HEADLINE_DELIVERED_NEIGHBOUR = "headline.delivered-neighbour" ();
    /// “Left with a neighbour {day}”
    HEADLINE_DELIVERED_NEIGHBOUR_ON = "headline.delivered-neighbour-on" ("day");
    /// “Left in a safe place”
    HEADLINE_DELIVERED_SAFE_PLACE = "headline.delivered-safe-place" ();
    /// “Left in a safe place {day}”
    HEADLINE_DELIVERED_SAFE_PLACE_ON = "headline.delivered-safe-place-on" ("day");
    /// “Collected”
    HEADLINE_COLLECTED = "headline.collected" ();
    /// “Collected {day}”
    HEADLINE_COLLECTED_ON = "headline.collected-on" ("day");
    /// “Part of this delivery has arrived”
    HEADLINE_DELIVERED_IN_PART = "headline.delivered-in-part" ();
    /// “This might arrive later than promised”
    HEADLINE_AT_RISK = "headline.at-risk" ();
    /// “This might be late. We now expect it {when}”
    HEADLINE_AT_RISK_ARRIVING = "headline.at-risk-arriving" ("when");
    /// “Running late, and there is no new date yet”
    HEADLINE_LATE = "headline.late" ();
    /// “Running late. Now expected {when}”
    HEADLINE_LATE_ARRIVING = "headline.late-arriving" ("when");
    /// “The carrier has gone quiet”
    HEADLINE_STALLED = "headline.stalled" ();
    /// “No news from the carrier since {day}”
    HEADLINE_STALLED_SINCE = "headline.stalled-since" ("day");
    /// “The carrier is holding your parcel”
    HEADLINE_HELD = "headline.held" ();
    /// “On hold with the carrier. Now expected {when}”
    HEADLINE_HELD_ARRIVING = "headline.held-arriving" ("when");
    /// “The driver could not deliver your parcel”
    HEADLINE_ATTEMPT_FAILED = "headline.attempt-failed" ();
    /// “The driver could not deliver. Next try {when}”
    HEADLINE_ATTEMPT_FAILED_AGAIN = "headline.attempt-failed-again" ("when");
    /// “Your parcel was damaged”
    HEADLINE_DAMAGED = "headline.damaged" ();
    /// “The carrier needs a better address”
    HEADLINE_ADDRESS_PROBLEM = "headline.address-problem" ();
    /// “There is a charge to pay before delivery”
    HEADLINE_PAYMENT_DUE = "headline.payment-due" ();
    /// “Customs needs a document”
    HEADLINE_DOCUMENTS_DUE = "headline.documents-due" ();
    /// “The delivery was refused”
    HEADLINE_REFUSED = "headline.refused" ();
    /// “Your parcel took a wrong turn”
    HEADLINE_MISROUTED = "headline.misrouted" ();
    /// “Your parcel took a wrong turn. Now expected {when}”
    HEADLINE_MISROUTED_ARRIVING = "headline.misrouted-arriving" ("when");
    /// “Your parcel is on its way back to us”
    HEADLINE_RETURNING = "headline.returning" ();
    /// “Your parcel came back to us”
    HEADLINE_RETURNED = "headline.returned" ();
    /// “Your return is ready to be handed over”
    HEADLINE_RETURN_AWAITED = "headline.return-awaited" ();
    /// “Your return is on its way”
    HEADLINE_RETURN_UNDER_WAY = "headline.return-under-way" ();
    /// “Your return has arrived”
    HEADLINE_RETURN_ARRIVED = "headline.return-arrived" ();
    /// “This order was cancelled”
    HEADLINE_ORDER_CANCELLED = "headline.order-cancelled" ();
    /// “The carrier has lost your parcel”
    HEADLINE_LOST = "headline.lost" ();
    /// “Your parcel cannot be delivered any more”
    HEADLINE_DESTROYED = "headline.destroyed" ();
    /// “The carrier sent a status that we do not know”
    HEADLINE_UNKNOWN = "headline.unknown" ();
    /// “The carrier says: “{words}””
    HEADLINE_UNKNOWN_WORDS = "headline.unknown-words" ("words");
    /// “Parcel {number} of {total}: {what}”
    HEADLINE_ONE_OF = "headline.one-of" ("number" "total" "what");
    /// “Your replacement: {what}”
    HEADLINE_REPLACEMENT = "headline.replacement" ("what");
    /// “All {count} parcels arrived”
    HEADLINE_ALL_DELIVERED = "headline.all-delivered" ("count");
    /// “{count} parcels arriving {when}”
    HEADLINE_ALL_ARRIVING = "headline.all-arriving" ("count" "when");
    /// “On the way in {count} parcels”
    HEADLINE_IN_PARCELS = "headline.in-parcels" ("count");
    /// “{count} parcels. The first should come {when}”
    HEADLINE_FIRST_ARRIVING = "headline.first-arriving" ("count" "when");
    /// “Your order comes in {count} parcels”
    HEADLINE_IN_PARCELS_LATER = "headline.in-parcels-later" ("count");
    /// “{count} of {total} parcels arrived. The rest is on its way”
    HEADLINE_SOME_ARRIVED = "headline.some-arrived" ("count" "total");
    /// “{count} of {total} parcels arrived. More is to come”
    HEADLINE_SOME_ARRIVED_MORE = "headline.some-arrived-more" ("count" "total");
    /// “{count} of {total} parcels arrived. The next should come {when}”
    HEADLINE_SOME_ARRIVED_NEXT = "headline.some-arrived-next" ("count" "total" "when");
    /// “{count} of {total} parcels arrived. The rest should come {when}”
    HEADLINE_SOME_ARRIVED_REST = "headline.some-arrived-rest" ("count" "total" "when");
    /// “{count} parcels arrived. The rest should leave {when}”
    HEADLINE_ARRIVED_REST_SHIPS = "headline.arrived-rest-ships" ("count" "when");
    /// “{count} parcels arrived. The rest is still with us”
    HEADLINE_ARRIVED_REST_LATER = "headline.arrived-rest-later" ("count");
    // Subject of the headline.
    /// “{first}”
    ABOUT_ONE = "about.one" ("first");
    /// “{first} and {count} more”
    ABOUT_MORE = "about.more" ("first" "count");
    /// “Order {number}”
    ABOUT_ORDER = "about.order" ("number");
    // Short names of situations.
    /// “Being prepared”
    STATUS_PREPARING = "status.preparing" ();
    /// “Waiting for the carrier”
    STATUS_AWAITING_CARRIER = "status.awaiting-carrier" ();
    /// “With the carrier”
    STATUS_HANDED_OVER = "status.handed-over" ();
    /// “On its way”
    STATUS_ON_THE_WAY = "status.on-the-way" ();
    /// “With customs”
    STATUS_CUSTOMS = "status.customs" ();
    /// “At the local depot”
    STATUS_AT_LOCAL_DEPOT = "status.at-local-depot" ();
    /// “Out for delivery”
    STATUS_OUT_FOR_DELIVERY = "status.out-for-delivery" ();
    /// “Ready to collect”
    STATUS_READY_FOR_PICKUP = "status.ready-for-pickup" ();
    /// “Delivered”
    STATUS_DELIVERED = "status.delivered" ();
    /// “Delivered in part”
    STATUS_DELIVERED_IN_PART = "status.delivered-in-part" ();
    /// “May be late”
    STATUS_AT_RISK = "status.at-risk" ();
    /// “Running late”
    STATUS_LATE = "status.late" ();
    /// “No recent news”
    STATUS_STALLED = "status.stalled" ();
    /// “On hold”
    STATUS_HELD = "status.held" ();
    /// “Delivery attempted”
    STATUS_ATTEMPT_FAILED = "status.attempt-failed" ();
    /// “Damaged”
    STATUS_DAMAGED = "status.damaged" ();
    /// “Address problem”
    STATUS_ADDRESS_PROBLEM = "status.address-problem" ();
    /// “Charge to pay”
    STATUS_PAYMENT_DUE = "status.payment-due" ();
    /// “Documents needed”
    STATUS_DOCUMENTS_DUE = "status.documents-due" ();
    /// “Refused”
    STATUS_REFUSED = "status.refused" ();
    /// “Misrouted”
    STATUS_MISROUTED = "status.misrouted" ();
    /// “Not collected in time”
    STATUS_NOT_COLLECTED = "status.not-collected" ();
    /// “Going back”
    STATUS_RETURNING = "status.returning" ();
    /// “Sent back”
    STATUS_RETURNED = "status.returned" ();
    /// “Return not sent yet”
    STATUS_RETURN_AWAITED = "status.return-awaited" ();
    /// “Return on its way”
    STATUS_RETURN_UNDER_WAY = "status.return-under-way" ();
    /// “Return received”
    STATUS_RETURN_ARRIVED = "status.return-arrived" ();
    /// “Cancelled”
    STATUS_CANCELLED = "status.cancelled" ();
    /// “Lost”
    STATUS_LOST = "status.lost" ();
    /// “Destroyed”
    STATUS_DESTROYED = "status.destroyed" ();
    /// “Status unknown”
    STATUS_UNKNOWN = "status.unknown" ();
    // Progress rail.
    /// “Progress”
    MILESTONE_LABEL = "milestone.label" ();
    /// “Ordered”
    MILESTONE_ORDERED = "milestone.ordered" ();
    /// “Sent”
    MILESTONE_SENT = "milestone.sent" ();
    /// “On its way”
    MILESTONE_ON_THE_WAY = "milestone.on-the-way" ();
    /// “Out for delivery”
    MILESTONE_OUT_FOR_DELIVERY = "milestone.out-for-delivery" ();
    /// “Delivered”
    MILESTONE_DELIVERED = "milestone.delivered" ();
    /// “Ready to collect”
    MILESTONE_READY_FOR_PICKUP = "milestone.ready-for-pickup" ();
    /// “Collected”
    MILESTONE_COLLECTED = "milestone.collected" ();
    /// “Going back”
    MILESTONE_RETURNING = "milestone.returning" ();
    /// “Back with us”
    MILESTONE_RETURNED = "milestone.returned" ();
    /// “Return started”
    MILESTONE_RETURN_STARTED = "milestone.return-started" ();
    /// “Arrived”
    MILESTONE_ARRIVED_BACK = "milestone.arrived-back" ();
    /// “done”
    MILESTONE_DONE = "milestone.done" ();
    // Delivery promise.
    /// “Promised”
    PROMISE_PROMISED = "promise.promised" ();
    /// “Expected”
    PROMISE_EXPECTED = "promise.expected" ();
    /// “no date”
    PROMISE_NO_DATE = "promise.no-date" ();
    /// “No new date yet”
    PROMISE_NONE_YET = "promise.none-yet" ();
    /// “On time”
    PROMISE_ON_TIME = "promise.on-time" ();
    /// “Earlier than promised”
    PROMISE_EARLY = "promise.early" ();
    /// “Later than promised”
    PROMISE_LATE = "promise.late" ();
    /// “Arrived as promised”
    PROMISE_ARRIVED_ON_TIME = "promise.arrived-on-time" ();
    /// “Arrived early”
    PROMISE_ARRIVED_EARLY = "promise.arrived-early" ();
    /// “Arrived later than promised”
    PROMISE_ARRIVED_LATE = "promise.arrived-late" ();
    /// “Guaranteed”
    PROMISE_GUARANTEED = "promise.guaranteed" ();
    /// “{sure}, {source}”
    PROMISE_SURE = "promise.sure" ("sure" "source");
    /// “How the date changed”
    PROMISE_HISTORY = "promise.history" ();
    /// “{from} → {to}”
    PROMISE_CHANGE = "promise.change" ("from" "to");
    /// “Very likely”
    CONFIDENCE_HIGH = "confidence.high" ();
    /// “Likely”
    CONFIDENCE_MEDIUM = "confidence.medium" ();
    /// “A first guess”
    CONFIDENCE_LOW = "confidence.low" ();
    /// “says the carrier”
    SOURCE_CARRIER = "source.carrier" ();
    /// “says the shop”
    SOURCE_RETAILER = "source.retailer" ();
    /// “our estimate”
    SOURCE_MODEL = "source.model" ();
    // Reasons of exceptions.
    /// “It was damaged on the way”
    REASON_CARRIER_DAMAGED_PARCEL = "reason.carrier-damaged-parcel" ();
    /// “It was sorted to the wrong place”
    REASON_CARRIER_SORTING_ERROR = "reason.carrier-sorting-error" ();
    /// “The driver could not find the address”
    REASON_CARRIER_ADDRESS_NOT_FOUND = "reason.carrier-address-not-found" ();
    /// “The carrier cannot find it”
    REASON_CARRIER_PARCEL_LOST = "reason.carrier-parcel-lost" ();
    /// “The driver ran out of time”
    REASON_CARRIER_NOT_ENOUGH_TIME = "reason.carrier-not-enough-time" ();
    /// “A vehicle broke down”
    REASON_CARRIER_VEHICLE_ISSUE = "reason.carrier-vehicle-issue" ();
    /// “The carrier has more parcels than usual”
    REASON_CARRIER_CAPACITY_EXCEEDED = "reason.carrier-capacity-exceeded" ();
    /// “A machine or an aircraft stood still”
    REASON_CARRIER_MECHANICAL_DELAY = "reason.carrier-mechanical-delay" ();
    /// “We cancelled it”
    REASON_RETAILER_CANCELLED = "reason.retailer-cancelled" ();
    /// “We gave the carrier wrong details”
    REASON_RETAILER_INCORRECT_DATA = "reason.retailer-incorrect-data" ();
    /// “We were not ready in time”
    REASON_RETAILER_NOT_READY = "reason.retailer-not-ready" ();
    /// “We handed over the wrong parcel”
    REASON_RETAILER_INCORRECT_PARCEL = "reason.retailer-incorrect-parcel" ();
    /// “We gave the carrier the wrong size”
    REASON_RETAILER_INCORRECT_DIMENSIONS = "reason.retailer-incorrect-dimensions" ();
    /// “Our packaging did not hold”
    REASON_RETAILER_PACKAGING_ISSUE = "reason.retailer-packaging-issue" ();
    /// “It was refused at the door”
    REASON_CONSIGNEE_REFUSED = "reason.consignee-refused" ();
    /// “The business was closed”
    REASON_CONSIGNEE_BUSINESS_CLOSED = "reason.consignee-business-closed" ();
    /// “Nobody could be reached”
    REASON_CONSIGNEE_NOT_AVAILABLE = "reason.consignee-not-available" ();
    /// “Nobody was at home”
    REASON_CONSIGNEE_NOT_HOME = "reason.consignee-not-home" ();
    /// “The delivery was cancelled at your request”
    REASON_CONSIGNEE_CANCELLED = "reason.consignee-cancelled" ();
    /// “The identity check did not work”
    REASON_CONSIGNEE_VERIFICATION_FAILED = "reason.consignee-verification-failed" ();
    /// “Something in the address is not right”
    REASON_CONSIGNEE_INCORRECT_ADDRESS = "reason.consignee-incorrect-address" ();
    /// “The driver could not get in”
    REASON_CONSIGNEE_ACCESS_RESTRICTED = "reason.consignee-access-restricted" ();
    /// “The safe place could not be used”
    REASON_CONSIGNEE_SAFE_PLACE_UNAVAILABLE = "reason.consignee-safe-place-unavailable" ();
    /// “Customs is taking longer than usual”
    REASON_CUSTOMS_DELAY = "reason.customs-delay" ();
    /// “Customs needs more documents”
    REASON_CUSTOMS_DOCUMENTATION = "reason.customs-documentation" ();
    /// “Import charges have not been paid”
    REASON_CUSTOMS_DUTIES_UNPAID = "reason.customs-duties-unpaid" ();
    /// “Customs does not allow these goods in”
    REASON_CUSTOMS_PROHIBITED = "reason.customs-prohibited" ();
    /// “Customs is inspecting it”
    REASON_CUSTOMS_INSPECTION = "reason.customs-inspection" ();
    /// “Held up by the weather”
    REASON_WEATHER_DELAY = "reason.weather-delay" ();
    /// “Held up by a natural disaster”
    REASON_NATURAL_DISASTER = "reason.natural-disaster" ();
    /// “Held up by something nobody could prevent”
    REASON_FORCE_MAJEURE = "reason.force-majeure" ();
    /// “The carrier is looking for it”
    REASON_PARCEL_BEING_RESEARCHED = "reason.parcel-being-researched" ();
    /// “A security check is going on”
    REASON_SECURITY_ISSUE = "reason.security-issue" ();
    /// “Held by a regulation”
    REASON_REGULATORY_HOLD = "reason.regulatory-hold" ();
    // Responsible party and next step.
    /// “Nothing for you to do”
    WHOSE_NOBODY = "whose.nobody" ();
    /// “Your move”
    WHOSE_SHOPPER = "whose.shopper" ();
    /// “We are on it”
    WHOSE_RETAILER = "whose.retailer" ();
    /// “The carrier is on it”
    WHOSE_CARRIER = "whose.carrier" ();
    /// “By {moment}”
    NEXT_BY = "next.by" ("moment");
    /// “We pack it and hand it to the carrier.”
    NEXT_PREPARING = "next.preparing" ();
    /// “The carrier collects it. The first scan can take up to a day.”
    NEXT_AWAITING_CARRIER = "next.awaiting-carrier" ();
    /// “The carrier takes it to the first sorting centre.”
    NEXT_HANDED_OVER = "next.handed-over" ();
    /// “It is not scanned on its way. If it does not arrive, tell us.”
    NEXT_UNSEEN = "next.unseen" ();
    /// “It travels to the depot near you.”
    NEXT_ON_THE_WAY = "next.on-the-way" ();
    /// “Customs checks it, then it travels on. This usually takes a day or two.”
    NEXT_CUSTOMS = "next.customs" ();
    /// “A driver takes it on the next round.”
    NEXT_AT_LOCAL_DEPOT = "next.at-local-depot" ();
    /// “The driver brings it {day}.”
    NEXT_OUT_FOR_DELIVERY = "next.out-for-delivery" ("day");
    /// “Collect it with the code or an ID.”
    NEXT_READY_FOR_PICKUP = "next.ready-for-pickup" ();
    /// “The carrier is bringing the other pieces.”
    NEXT_DELIVERED_IN_PART = "next.delivered-in-part" ();
    /// “It is moving. We watch it and update the date.”
    NEXT_AT_RISK = "next.at-risk" ();
    /// “It is still coming. If the date changes again, you see it here.”
    NEXT_LATE = "next.late" ();
    /// “We are asking the carrier where it is.”
    NEXT_STALLED = "next.stalled" ();
    /// “The carrier sends it on as soon as it can.”
    NEXT_HELD = "next.held" ();
    /// “The carrier tries again or takes it to a pickup point.”
    NEXT_ATTEMPT_FAILED = "next.attempt-failed" ();
    /// “We check what happened and put it right.”
    NEXT_DAMAGED = "next.damaged" ();
    /// “Check the address with us, so that it can go on.”
    NEXT_ADDRESS_PROBLEM = "next.address-problem" ();
    /// “Pay the charge to the carrier on its own site. We never ask for a payment here.”
    NEXT_PAYMENT_DUE = "next.payment-due" ();
    /// “Send the document that customs asks for, so that it can go on.”
    NEXT_DOCUMENTS_DUE = "next.documents-due" ();
    /// “It comes back to us.”
    NEXT_REFUSED = "next.refused" ();
    /// “The carrier sends it back onto the right route.”
    NEXT_MISROUTED = "next.misrouted" ();
    /// “We get in touch when it is back with us.”
    NEXT_RETURNING = "next.returning" ();
    /// “We get in touch about a refund or a new delivery.”
    NEXT_RETURNED = "next.returned" ();
    /// “Hand it over with its code or label.”
    NEXT_RETURN_AWAITED = "next.return-awaited" ();
    /// “We check it when it arrives.”
    NEXT_RETURN_UNDER_WAY = "next.return-under-way" ();
    /// “We check it and send the refund.”
    NEXT_RETURN_ARRIVED = "next.return-arrived" ();
    /// “We put this right: a replacement or your money back.”
    NEXT_LOST = "next.lost" ();
    /// “We put this right: a replacement or your money back.”
    NEXT_DESTROYED = "next.destroyed" ();
    /// “We show what the carrier says as soon as we understand it.”
    NEXT_UNKNOWN = "next.unknown" ();
    /// “We put this right and update the date.”
    NEXT_RETAILER = "next.retailer" ();
    /// “One thing is left to do.”
    NEXT_ASKED = "next.asked" ();
    /// “The carrier needs something from you. Its page or its notice says what.”
    NEXT_ASK_CARRIER = "next.ask-carrier" ();
    // Parcels.
    /// “Parcel {number} of {total}”
    PARCEL_OF = "parcel.of" ("number" "total");
    /// “Return”
    PARCEL_RETURN = "parcel.return" ();
    /// “Replacement”
    PARCEL_REPLACEMENT = "parcel.replacement" ();
    /// “Cancelled parcel”
    PARCEL_CANCELLED = "parcel.cancelled" ();
    /// “In this parcel”
    PARCEL_ITEMS = "parcel.items" ();
    /// “Travels in {count} pieces”
    PARCEL_PIECES = "parcel.pieces" ("count");
    /// “{count}×”
    ITEM_QUANTITY = "item.quantity" ("count");
    /// “{count} of {total}”
    ITEM_SOME_OF = "item.some-of" ("count" "total");
    /// “Not shipped yet”
    WAITING_TITLE = "waiting.title" ();
    /// “Should leave {when}”
    WAITING_WHEN = "waiting.when" ("when");
    /// “No date yet”
    WAITING_NO_DATE = "waiting.no-date" ();
    /// “the carrier”
    CARRIER_UNNAMED = "carrier.unnamed" ();
    /// “{carrier}”
    CARRIER_NAMED = "carrier.named" ("carrier");
    /// “{first}, then {last}”
    CARRIER_LAST_MILE = "carrier.last-mile" ("first" "last");
    /// “Carrier”
    CARRIER_TITLE = "carrier.title" ();
    /// “Tracking number”
    CARRIER_NUMBER = "carrier.number" ();
    /// “Copy”
    CARRIER_COPY = "carrier.copy" ();
    /// “Tracking number copied”
    CARRIER_COPIED = "carrier.copied" ();
    /// “Copying did not work. The number is selected”
    CARRIER_COPY_FAILED = "carrier.copy-failed" ();
    /// “Follow it at the carrier”
    CARRIER_LINK = "carrier.link" ();
    /// “Change this delivery at the carrier”
    CARRIER_REROUTE = "carrier.reroute" ();
    /// “Go to the carrier”
    CARRIER_PAGE = "carrier.page" ();
    /// “opens in a new tab”
    LINK_NEW_TAB = "link.new-tab" ();
    // Proof of delivery and pickup point.
    /// “Where it is”
    PROOF_TITLE = "proof.title" ();
    /// “Signed by {name}”
    PROOF_SIGNED_BY = "proof.signed-by" ("name");
    /// “Photo of the delivery”
    PROOF_PHOTO = "proof.photo" ();
    /// “Handed to you”
    LEFT_RECIPIENT = "left.recipient" ();
    /// “Handed to somebody at your address”
    LEFT_HOUSEHOLD = "left.household" ();
    /// “Left with a neighbour”
    LEFT_NEIGHBOUR = "left.neighbour" ();
    /// “Left in a safe place”
    LEFT_SAFE_PLACE = "left.safe-place" ();
    /// “In your mailbox”
    LEFT_MAILBOX = "left.mailbox" ();
    /// “In a parcel locker”
    LEFT_LOCKER = "left.locker" ();
    /// “Collected at the pickup point”
    LEFT_PICKUP_POINT = "left.pickup-point" ();
    /// “At the reception”
    LEFT_RECEPTION = "left.reception" ();
    /// “Delivered to another address”
    LEFT_OTHER_ADDRESS = "left.other-address" ();
    /// “Some of the pieces were delivered”
    LEFT_IN_PART = "left.in-part" ();
    /// “Collect it here”
    PICKUP_TITLE = "pickup.title" ();
    /// “Until {day}”
    PICKUP_COLLECT_BY = "pickup.collect-by" ("day");
    /// “Code”
    PICKUP_CODE = "pickup.code" ();
    /// “Opening hours”
    PICKUP_HOURS = "pickup.hours" ();
    /// “Hours can differ on holidays.”
    PICKUP_HOURS_VARY = "pickup.hours-vary" ();
    /// “Show on the map”
    PICKUP_MAP = "pickup.map" ();
    /// “Going to”
    DESTINATION_TITLE = "destination.title" ();
    /// “Talk to us”
    SUPPORT_TITLE = "support.title" ();
    // Timeline.
    /// “What happened”
    TIMELINE_TITLE = "timeline.title" ();
    /// “{day}”
    TIMELINE_DAY = "timeline.day" ("day");
    /// “Show {count} earlier”
    TIMELINE_MORE = "timeline.more" ("count");
    /// “No scans yet. New numbers can take a day to appear.”
    TIMELINE_EMPTY = "timeline.empty" ();
    // Age of the data.
    /// “Updated by {carrier} {ago}”
    FRESH_CARRIER = "fresh.carrier" ("carrier" "ago");
    /// “Updated by {carrier} just now”
    FRESH_CARRIER_NOW = "fresh.carrier-now" ("carrier");
    /// “{carrier} has not scanned it yet”
    FRESH_NO_SCAN = "fresh.no-scan" ("carrier");
    /// “This service is not tracked”
    FRESH_UNTRACKED = "fresh.untracked" ();
    /// “No scan yet”
    FRESH_NO_SCAN_YET = "fresh.no-scan-yet" ();
    /// “That is longer than usual for this service.”
    FRESH_SILENT = "fresh.silent" ();
    /// “checked {ago}”
    FRESH_CHECKED = "fresh.checked" ("ago");
    /// “checked just now”
    FRESH_CHECKED_NOW = "fresh.checked-now" ();
    // Notices.
    /// “You are offline. This is what we knew last.”
    NOTICE_OFFLINE = "notice.offline" ();
    /// “We cannot reach the shop right now. This is what we knew last, and we keep trying.”
    NOTICE_TROUBLE = "notice.trouble" ();
    /// “This is taking longer than usual. Still loading.”
    NOTICE_SLOW = "notice.slow" ();
    /// “This link has ended. This is what we knew last.”
    NOTICE_EXPIRED = "notice.expired" ();
    /// “You see where your parcels are. Delivery details, tracking numbers, messages, codes, photos and labels stay hidden until
    /// you enter the e-mail address of the order.”
    NOTICE_LIMITED = "notice.limited" ();
    /// “Update: {headline}”
    ANNOUNCE_CHANGED = "announce.changed" ("headline");
    // Failures and the look-up.
    /// “You seem to be offline”
    FAILURE_OFFLINE = "failure.offline" ();
    /// “We load your order as soon as the connection is back.”
    FAILURE_OFFLINE_MORE = "failure.offline-more" ();
    /// “We cannot load your order right now”
    FAILURE_SERVER = "failure.server" ();
    /// “The problem is on our side. We keep trying, and you can try too.”
    FAILURE_SERVER_MORE = "failure.server-more" ();
    /// “This order tracker is not set up yet”
    FAILURE_OPTIONS = "failure.options" ();
    /// “The shop has to tell it where its orders are. If you see this as a shopper, please contact the shop.”
    FAILURE_OPTIONS_MORE = "failure.options-more" ();
    /// “Try again”
    FAILURE_RETRY = "failure.retry" ();
    /// “The order tracker cannot be shown here”
    PANIC_MESSAGE = "panic.message" ();
    /// “Try again”
    PANIC_RETRY = "panic.retry" ();
    /// “You can read everything here, but the actions are not available right now. The contact details are at the end.”
    PANIC_READ_ONLY = "panic.read-only" ();
    /// “Find your order”
    LOOKUP_TITLE = "lookup.title" ();
    /// “The order number is in your confirmation e-mail.”
    LOOKUP_INTRO = "lookup.intro" ();
    /// “This link does not open an order”
    LOOKUP_NOT_FOUND_TITLE = "lookup.not-found-title" ();
    /// “It may have expired. Find your order with its number instead.”
    LOOKUP_NOT_FOUND = "lookup.not-found" ();
    /// “Order number”
    LOOKUP_NUMBER = "lookup.number" ();
    /// “E-mail or postcode”
    LOOKUP_PROOF = "lookup.proof" ();
    /// “The one you gave with the order”
    LOOKUP_PROOF_HINT = "lookup.proof-hint" ();
    /// “Find order”
    LOOKUP_SUBMIT = "lookup.submit" ();
    /// “Show all details”
    LOOKUP_DETAILS = "lookup.details" ();
    /// “The e-mail address that you gave with the order opens all of it. What you have filled in stays.”
    LOOKUP_DETAILS_INTRO = "lookup.details-intro" ();
    /// “E-mail address of the order”
    LOOKUP_EMAIL = "lookup.email" ();
    /// “Enter the e-mail address of the order”
    LOOKUP_EMAIL_MISSING = "lookup.email-missing" ();
    /// “Back to the order”
    LOOKUP_BACK = "lookup.back" ();
    /// “Looking”
    LOOKUP_BUSY = "lookup.busy" ();
    /// “Enter the order number”
    LOOKUP_NUMBER_MISSING = "lookup.number-missing" ();
    /// “Enter the e-mail address or the postcode of the order”
    LOOKUP_PROOF_MISSING = "lookup.proof-missing" ();
    /// “No order matches these two. Check both and try again.”
    LOOKUP_FAILED = "lookup.failed" ();
    /// “Too many attempts. Try again in {count} minutes.”
    LOOKUP_TOO_MANY = "lookup.too-many" ("count");
    /// “We could not ask the shop. Your entries are still here; try again.”
    LOOKUP_NETWORK = "lookup.network" ();
    // Actions.
    /// “I did not receive it”
    ACTION_REPORT_NON_RECEIPT = "action.report-non-receipt" ();
    /// “Something is damaged”
    ACTION_REPORT_DAMAGED = "action.report-damaged" ();
    /// “I got the wrong item”
    ACTION_REPORT_WRONG_ITEM = "action.report-wrong-item" ();
    /// “Something is missing”
    ACTION_REPORT_MISSING_ITEM = "action.report-missing-item" ();
    /// “Choose another delivery day”
    ACTION_RESCHEDULE = "action.reschedule" ();
    /// “Correct the address”
    ACTION_CHANGE_ADDRESS = "action.change-address" ();
    /// “Add a note for the driver”
    ACTION_DELIVERY_INSTRUCTIONS = "action.delivery-instructions" ();
    /// “Leave it with a neighbour”
    ACTION_LEAVE_WITH_NEIGHBOUR = "action.leave-with-neighbour" ();
    /// “Leave it in a safe place”
    ACTION_LEAVE_IN_SAFE_PLACE = "action.leave-in-safe-place" ();
    /// “Send it to a pickup point”
    ACTION_REDIRECT_TO_PICKUP = "action.redirect-to-pickup" ();
    /// “Cancel items”
    ACTION_CANCEL = "action.cancel" ();
    /// “Decide about the delay”
    ACTION_ACCEPT_DELAY = "action.accept-delay" ();
    /// “Return something”
    ACTION_START_RETURN = "action.start-return" ();
    /// “Withdraw from contract here”
    ACTION_WITHDRAW = "action.withdraw" ();
    /// “Where is my refund?”
    ACTION_REFUND_STATUS = "action.refund-status" ();
    /// “Talk to a person”
    ACTION_CONTACT = "action.contact" ();
    /// “from {day}”
    ACTION_FROM = "action.from" ("day");
    /// “until {day}”
    ACTION_UNTIL = "action.until" ("day");
    /// “ended {day}”
    ACTION_ENDED = "action.ended" ("day");
    /// “not possible now”
    ACTION_NOT_NOW = "action.not-now" ();
    /// “Help with this parcel”
    ACTION_MORE = "action.more" ();
    /// “Help with your order”
    ACTION_ORDER = "action.order" ();
    /// “This part of the page could not be loaded. Check your connection and press again.”
    NOTICE_REQUESTS = "notice.requests" ();
}
