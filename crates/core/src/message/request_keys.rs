//! Keys of all catalogue entries that only the second chunk uses. The build writes these entries into a separate array, which is
//! fetched together with the second chunk. Each constant is documented with its English text.

use super::table::keys;

keys! {
    #[expect(non_camel_case_types, clippy::upper_case_acronyms, reason = "named like the entries, only to number them")]
    from 0x4000;
    // All dialogs.
    /// “Close”
    CLOSE = "request.close" ();
    /// “Back”
    BACK = "request.back" ();
    /// “Continue”
    GO_ON = "request.go-on" ();
    /// “Check before sending”
    CHECK = "request.check" ();
    /// “Step {number} of {total}”
    STEP_OF = "request.step-of" ("number" "total");
    /// “What we know”
    FACTS = "request.facts" ();
    /// “Optional”
    OPTIONAL = "request.optional" ();
    /// “{text}”
    AS_IT_IS = "request.as-it-is" ("text");
    /// “{count} ×”
    TIMES = "request.times" ("count");
    /// “{amount}”
    AMOUNT = "request.amount" ("amount");
    /// “Costs {amount}”
    FEE = "request.fee" ("amount");
    /// “Free of charge”
    FREE = "request.free" ();
    /// “Looking up what is possible…”
    LOADING = "request.loading" ();
    /// “We could not load the choices. What you filled in is still here.”
    UNLOADED = "request.unloaded" ();
    /// “Try again”
    RELOAD = "request.reload" ();
    /// “What you can do instead”
    OTHERS = "request.others" ();
    /// “Reach a person”
    WAYS = "request.ways" ();
    // Errors.
    /// “Choose one of these.”
    ERROR_CHOOSE = "request.error-choose" ();
    /// “Fill this in.”
    ERROR_MISSING = "request.error-missing" ();
    /// “This needs an e-mail address such as name@example.com.”
    ERROR_EMAIL = "request.error-email" ();
    /// “This needs an e-mail address or a telephone number.”
    ERROR_CONTACT = "request.error-contact" ();
    /// “Choose at least one item.”
    ERROR_LINES = "request.error-lines" ();
    /// “Give a reason for each item that you chose.”
    ERROR_REASON = "request.error-reason" ();
    /// “Add at least one photo.”
    ERROR_PHOTO = "request.error-photo" ();
    /// “Wait until the photos are there, or remove them.”
    ERROR_PHOTO_UNDER_WAY = "request.error-photo-under-way" ();
    /// “The shop could not accept this. Please check it.”
    ERROR_REFUSED = "request.error-refused" ();
    // Submission.
    /// “Sending…”
    SENDING = "request.sending" ();
    /// “Sending again. It counts once, however often it is sent.”
    SENDING_AGAIN = "request.sending-again" ();
    /// “You are offline. Nothing is lost: we send this as soon as you are connected again.”
    SENDING_OFFLINE = "request.sending-offline" ();
    /// “The connection was lost. Nothing is lost: we try again in a moment.”
    SENDING_LOST = "request.sending-lost" ();
    /// “The shop’s system is busy. We try again in a moment.”
    SENDING_LATER = "request.sending-later" ();
    /// “Your request has been received.”
    TAKEN_IN = "request.taken-in" ();
    /// “This could not be accepted. Nothing was changed. Please check it, or talk to a person.”
    REFUSED = "request.refused" ();
    /// “This could not be accepted: {reason}”
    REFUSED_BECAUSE = "request.refused-because" ("reason");
    /// “Your order has changed in the meantime. Please look at it once more and send again.”
    REFUSED_CHANGED = "request.refused-changed" ();
    /// “This is no longer possible: something has changed in the meantime.”
    REFUSED_UNAVAILABLE = "request.refused-unavailable" ();
    /// “Somebody was faster: this slot is taken. These are free now.”
    REFUSED_SLOT = "request.refused-slot" ();
    /// “This link only shows the order. To make changes, open the link in your order e-mail or look the order up with your e-mail
    /// address.”
    REFUSED_READ_ONLY = "request.refused-read-only" ();
    /// “Look the order up with my e-mail address”
    LOOK_UP = "request.look-up" ();
    /// “Your link to this order has ended. Open it anew from your e-mail; what you filled in is still here.”
    REFUSED_LINK = "request.refused-link" ();
    // Accepted submission.
    /// “We have it”
    DONE_TITLE = "request.done-title" ();
    /// “Your message is with us”
    DONE_REPLY = "request.done-reply" ();
    /// “Thank you for telling us”
    DONE_RATING = "request.done-rating" ();
    /// “Your reference is {reference}.”
    DONE_REFERENCE = "request.done-reference" ("reference");
    /// “Your reference is {reference}. Received: {moment}.”
    DONE_REFERENCE_AT = "request.done-reference-at" ("reference" "moment");
    /// “You find it on this page from now on, with everything that happens.”
    DONE_HINT = "request.done-hint" ();
    /// “Save a calendar reminder”
    KEEP_REMINDER = "request.keep-reminder" ();
    /// “Save the acknowledgement”
    KEEP_ACKNOWLEDGEMENT = "request.keep-acknowledgement" ();
    /// “Save the label to print”
    KEEP_LABEL = "request.keep-label" ();
    /// “Save the code as a picture”
    KEEP_CODE = "request.keep-code" ();
    /// “The file could not be fetched. Please try again.”
    KEEP_FAILED = "request.keep-failed" ();
    /// “Your return label”
    LABEL_TITLE = "request.label-title" ();
    /// “Show this code at the counter. Nothing has to be printed.”
    LABEL_SHOW = "request.label-show" ();
    /// “Print the label and stick it on the parcel. The code below names it at the counter.”
    LABEL_PRINT = "request.label-print" ();
    /// “Code for the counter”
    LABEL_CODE = "request.label-code" ();
    // Action not available.
    /// “This is not possible any more: something has changed in the meantime.”
    CLOSED_NOW = "request.closed-now" ();
    /// “It becomes possible {moment}.”
    NOT_YET_FROM = "request.not-yet-from" ("moment");
    /// “The time for this ended {moment}.”
    EXPIRED_SINCE = "request.expired-since" ("moment");
    /// “The shop does not offer this for this order.”
    WHY_NOT_NOT_OFFERED = "request.why-not-not-offered" ();
    /// “The carrier does not offer this for this parcel.”
    WHY_NOT_CARRIER = "request.why-not-carrier" ();
    /// “This becomes possible once it has arrived.”
    WHY_NOT_DELIVERED_YET = "request.why-not-delivered-yet" ();
    /// “It is too late for this: the parcel is about to be delivered.”
    WHY_NOT_TOO_LATE = "request.why-not-too-late" ();
    /// “It has already left, so this cannot be changed any more.”
    WHY_NOT_DISPATCHED = "request.why-not-dispatched" ();
    /// “It has not left yet. This becomes possible once the carrier has it.”
    WHY_NOT_NOT_DISPATCHED = "request.why-not-not-dispatched" ();
    /// “It has already arrived.”
    WHY_NOT_DELIVERED = "request.why-not-delivered" ();
    /// “The time for this is over.”
    WHY_NOT_WINDOW_CLOSED = "request.why-not-window-closed" ();
    /// “Some parcels are scanned as delivered a little before they are. Waiting a little helps us find it; it costs you no
    /// right.”
    WHY_NOT_TOO_EARLY = "request.why-not-too-early" ();
    /// “Sold as final: it cannot be sent back.”
    WHY_NOT_FINAL_SALE = "request.why-not-final-sale" ();
    /// “All of it has already been asked for.”
    WHY_NOT_NOTHING_LEFT = "request.why-not-nothing-left" ();
    /// “We are already looking into this; you find the case on this page.”
    WHY_NOT_CASE_OPEN = "request.why-not-case-open" ();
    /// “There is nothing free to choose from at the moment.”
    WHY_NOT_NOTHING_FREE = "request.why-not-nothing-free" ();
    /// “There is no refund for this order.”
    WHY_NOT_NO_REFUND = "request.why-not-no-refund" ();
    /// “This parcel has come to an end.”
    WHY_NOT_ENDED = "request.why-not-ended" ();
    // Items.
    /// “until {moment}”
    LINE_UNTIL = "request.line-until" ("moment");
    /// “How many”
    LINE_MANY = "request.line-many" ();
    /// “Why”
    LINE_WHY = "request.line-why" ();
    /// “Choose a reason”
    LINE_WHY_NONE = "request.line-why-none" ();
    /// “What is missing?”
    LINES_MISSING = "request.lines-missing" ();
    /// “Which item is it about?”
    LINES_DAMAGED = "request.lines-damaged" ();
    /// “Instead of what did you get something else?”
    LINES_WRONG = "request.lines-wrong" ();
    /// “What should we cancel?”
    LINES_CANCEL = "request.lines-cancel" ();
    /// “What would you like to send back?”
    LINES_RETURN = "request.lines-return" ();
    /// “The withdrawal is about”
    LINES_WITHDRAW = "request.lines-withdraw" ();
    // Photos.
    /// “Add a photo”
    PHOTO_ADD = "request.photo-add" ();
    /// “Remove {name}”
    PHOTO_REMOVE = "request.photo-remove" ("name");
    /// “Place and time are removed from photos on your device before they are sent.”
    PHOTO_HINT = "request.photo-hint" ();
    /// “Getting ready”
    PHOTO_WAITING = "request.photo-waiting" ();
    /// “On its way”
    PHOTO_SENDING = "request.photo-sending" ();
    /// “Added”
    PHOTO_SENT = "request.photo-sent" ();
    /// “This file is not a photo that your browser can read. JPEG, PNG and WebP work.”
    PHOTO_UNREADABLE = "request.photo-unreadable" ();
    /// “Your browser does not let this page prepare photos, and this one cannot be sent as it is. A smaller JPEG can, or another browser.”
    PHOTO_UNSENDABLE = "request.photo-unsendable" ();
    /// “This photo is too large even after it was made smaller.”
    PHOTO_TOO_LARGE = "request.photo-too-large" ();
    /// “This photo did not get through. Remove it and add it again.”
    PHOTO_LOST = "request.photo-lost" ();
    /// “Photos, if they help”
    PHOTOS_ANY = "request.photos-any" ();
    /// “A photo of the place where it should be”
    PHOTOS_DOOR = "request.photos-door" ();
    /// “Photos of the damage, and of the box”
    PHOTOS_DAMAGE = "request.photos-damage" ();
    /// “A photo of what you got”
    PHOTOS_WRONG = "request.photos-wrong" ();
    /// “A photo of what was in the box”
    PHOTOS_MISSING = "request.photos-missing" ();
    // Report of non-receipt.
    /// “Your order travels in several parcels. {count} more are still on their way, with: {items}”
    ELSEWHERE = "request.elsewhere" ("items" "count");
    /// “Is the place in the photo yours?”
    PHOTO_QUESTION = "request.photo-question" ();
    /// “Yes, but it is not there”
    PHOTO_MINE = "request.photo-mine" ();
    /// “No, that is somewhere else”
    PHOTO_NOT_MINE = "request.photo-not-mine" ();
    /// “I cannot tell”
    PHOTO_UNSURE = "request.photo-unsure" ();
    /// “Where have you looked already?”
    CHECKED_QUESTION = "request.checked-question" ();
    /// “Asked everybody in the household”
    CHECKED_HOUSEHOLD = "request.checked-household" ();
    /// “Asked the neighbours”
    CHECKED_NEIGHBOURS = "request.checked-neighbours" ();
    /// “Looked in the porch, the mailbox and other safe places”
    CHECKED_PLACES = "request.checked-places" ();
    /// “This only helps us to look in the right place. You can go on without it.”
    CHECKED_HINT = "request.checked-hint" ();
    /// “How much of it is missing?”
    EXTENT_QUESTION = "request.extent-question" ();
    /// “The whole parcel”
    EXTENT_ALL = "request.extent-all" ();
    /// “Only some of it”
    EXTENT_PART = "request.extent-part" ();
    /// “Anything that helps us to find it”
    NOTE_MISSING = "request.note-missing" ();
    // Report of a problem.
    /// “What is damaged?”
    DAMAGE_QUESTION = "request.damage-question" ();
    /// “The item”
    DAMAGE_ITEM = "request.damage-item" ();
    /// “Only the packaging”
    DAMAGE_PACKAGING = "request.damage-packaging" ();
    /// “Both”
    DAMAGE_BOTH = "request.damage-both" ();
    /// “What you see, in a few words”
    NOTE_DAMAGE = "request.note-damage" ();
    /// “What you got instead”
    NOTE_WRONG = "request.note-wrong" ();
    /// “Anything else about it”
    NOTE_LACKING = "request.note-lacking" ();
    /// “What would you like?”
    OUTCOME_QUESTION = "request.outcome-question" ();
    /// “My money back”
    OUTCOME_REFUND = "request.outcome-refund" ();
    /// “Goes back the way you paid”
    OUTCOME_REFUND_HINT = "request.outcome-refund-hint" ();
    /// “The same again”
    OUTCOME_REPLACEMENT = "request.outcome-replacement" ();
    /// “Sent as soon as possible, at no cost”
    OUTCOME_REPLACEMENT_HINT = "request.outcome-replacement-hint" ();
    /// “Exchange it”
    OUTCOME_EXCHANGE = "request.outcome-exchange" ();
    /// “Credit in the shop”
    OUTCOME_STORE_CREDIT = "request.outcome-store-credit" ();
    /// “Find out where it is”
    OUTCOME_INVESTIGATE = "request.outcome-investigate" ();
    /// “We ask the carrier and tell you”
    OUTCOME_INVESTIGATE_HINT = "request.outcome-investigate-hint" ();
    // Changes to the delivery.
    /// “When should it come?”
    SLOT_QUESTION = "request.slot-question" ();
    /// “{from}–{to}”
    SLOT_HOURS = "request.slot-hours" ("from" "to");
    /// “During the day”
    SLOT_ANY_TIME = "request.slot-any-time" ();
    /// “The carrier has no free slot at the moment.”
    SLOT_NONE = "request.slot-none" ();
    /// “Where would you like to collect it?”
    POINT_QUESTION = "request.point-question" ();
    /// “{name} · {distance}”
    POINT_NAME = "request.point-name" ("name" "distance");
    /// “Opening hours may differ on holidays. Bring an identity document.”
    POINT_HINT = "request.point-hint" ();
    /// “There is no pickup point near your address.”
    POINT_NONE = "request.point-none" ();
    /// “{count} m”
    DISTANCE_M = "request.distance-m" ("count");
    /// “{distance} km”
    DISTANCE_KM = "request.distance-km" ("distance");
    /// “Street and number”
    ADDRESS_STREET = "request.address-street" ();
    /// “Flat, floor, company”
    ADDRESS_STREET2 = "request.address-street2" ();
    /// “Postcode”
    ADDRESS_POSTCODE = "request.address-postcode" ();
    /// “Town”
    ADDRESS_CITY = "request.address-city" ();
    /// “The country stays the same. For another country, talk to a person.”
    ADDRESS_COUNTRY = "request.address-country" ();
    /// “Now”
    ADDRESS_BEFORE = "request.address-before" ();
    /// “New”
    ADDRESS_AFTER = "request.address-after" ();
    /// “We pass this on to the carrier and note the change.”
    ADDRESS_HINT = "request.address-hint" ();
    /// “What should the driver know?”
    INSTRUCTIONS_LABEL = "request.instructions-label" ();
    /// “For example: the bell is broken, please knock. Leave out door codes.”
    INSTRUCTIONS_HINT = "request.instructions-hint" ();
    /// “The neighbour’s name”
    NEIGHBOUR_NAME = "request.neighbour-name" ();
    /// “House or flat number”
    NEIGHBOUR_HOUSE = "request.neighbour-house" ();
    /// “It counts as delivered to you when it is left with this neighbour, because you chose so.”
    NEIGHBOUR_HINT = "request.neighbour-hint" ();
    /// “Which place?”
    PLACE_QUESTION = "request.place-question" ();
    /// “Porch”
    PLACE_PORCH = "request.place-porch" ();
    /// “Garage”
    PLACE_GARAGE = "request.place-garage" ();
    /// “Shed”
    PLACE_SHED = "request.place-shed" ();
    /// “Garden”
    PLACE_GARDEN = "request.place-garden" ();
    /// “Bin store”
    PLACE_BIN_STORE = "request.place-bin-store" ();
    /// “Another place”
    PLACE_OTHER = "request.place-other" ();
    /// “How to find it”
    PLACE_NOTE = "request.place-note" ();
    // Before dispatch.
    /// “What you paid for these goes back the way you paid.”
    CANCEL_MONEY = "request.cancel-money" ();
    /// “A cancelled item cannot be brought back; you would order it anew.”
    CANCEL_FINAL = "request.cancel-final" ();
    /// “It leaves later than we promised: {when}.”
    DELAY_WHEN = "request.delay-when" ("when");
    /// “It leaves later than we promised, and there is no certain date yet.”
    DELAY_NO_DATE = "request.delay-no-date" ();
    /// “You decide: agree to the later date, or cancel and get all of your money back. Either costs you nothing.”
    DELAY_FREE = "request.delay-free" ();
    /// “Cancel instead”
    DELAY_CANCEL = "request.delay-cancel" ();
    // Returns.
    /// “Too small”
    REASON_TOO_SMALL = "request.reason-too-small" ();
    /// “Too large”
    REASON_TOO_LARGE = "request.reason-too-large" ();
    /// “Not as described”
    REASON_NOT_AS_DESCRIBED = "request.reason-not-as-described" ();
    /// “I changed my mind”
    REASON_CHANGED_MIND = "request.reason-changed-mind" ();
    /// “It came too late”
    REASON_ARRIVED_LATE = "request.reason-arrived-late" ();
    /// “It arrived damaged”
    REASON_DAMAGED = "request.reason-damaged" ();
    /// “It does not work”
    REASON_DEFECTIVE = "request.reason-defective" ();
    /// “It is the wrong item”
    REASON_WRONG_ITEM = "request.reason-wrong-item" ();
    /// “Found it for less”
    REASON_BETTER_PRICE = "request.reason-better-price" ();
    /// “It was a gift”
    REASON_GIFT = "request.reason-gift" ();
    /// “The quality is not what I expected”
    REASON_QUALITY = "request.reason-quality" ();
    /// “Another reason”
    REASON_OTHER = "request.reason-other" ();
    /// “Tell us more”
    NOTE_RETURN = "request.note-return" ();
    /// “How would you like to send it back?”
    METHOD_QUESTION = "request.method-question" ();
    /// “Hand it over at a counter”
    METHOD_DROP_OFF = "request.method-drop-off" ();
    /// “Have it collected at your door”
    METHOD_COLLECTION = "request.method-collection" ();
    /// “Bring it to a shop”
    METHOD_STORE = "request.method-store" ();
    /// “Keep it; nothing has to be sent back”
    METHOD_KEEP = "request.method-keep" ();
    /// “You print a label”
    METHOD_PRINTER = "request.method-printer" ();
    /// “No printer needed: you show a code”
    METHOD_NO_PRINTER = "request.method-no-printer" ();
    /// “Items”
    QUOTE_GOODS = "request.quote-goods" ();
    /// “Delivery”
    QUOTE_DELIVERY = "request.quote-delivery" ();
    /// “Restocking”
    QUOTE_RESTOCKING = "request.quote-restocking" ();
    /// “Sending it back”
    QUOTE_FEE = "request.quote-fee" ();
    /// “Bonus for store credit”
    QUOTE_BONUS = "request.quote-bonus" ();
    /// “Other”
    QUOTE_OTHER = "request.quote-other" ();
    /// “Estimated refund”
    QUOTE_SUM = "request.quote-sum" ();
    /// “Hand it over by {moment}.”
    RETURN_DROP_OFF_BY = "request.return-drop-off-by" ("moment");
    /// “The money is sent within {count} days after it has arrived with us.”
    RETURN_REFUND_DAYS = "request.return-refund-days" ("count");
    /// “Estimated refund: {amount}”
    RETURN_ESTIMATE = "request.return-estimate" ("amount");
    /// “Return asked for”
    RETURN_REQUESTED = "request.return-requested" ();
    /// “Return agreed”
    RETURN_APPROVED = "request.return-approved" ();
    /// “Ready to hand over”
    RETURN_LABEL_READY = "request.return-label-ready" ();
    /// “On its way back to us”
    RETURN_IN_TRANSIT = "request.return-in-transit" ();
    /// “Arrived with us”
    RETURN_RECEIVED = "request.return-received" ();
    /// “Checked”
    RETURN_INSPECTED = "request.return-inspected" ();
    /// “Return completed”
    RETURN_COMPLETED = "request.return-completed" ();
    /// “Return not accepted”
    RETURN_REJECTED = "request.return-rejected" ();
    /// “Not handed over in time”
    RETURN_EXPIRED = "request.return-expired" ();
    /// “Return”
    RETURN_UNKNOWN = "request.return-unknown" ();
    // Withdrawal.
    /// “You can withdraw from this contract without giving a reason.”
    WITHDRAW_INTRO = "request.withdraw-intro" ();
    /// “Your name”
    WITHDRAW_NAME = "request.withdraw-name" ();
    /// “Your e-mail address”
    WITHDRAW_EMAIL = "request.withdraw-email" ();
    /// “The acknowledgement names it.”
    WITHDRAW_EMAIL_HINT = "request.withdraw-email-hint" ();
    /// “Order”
    WITHDRAW_ORDER = "request.withdraw-order" ();
    /// “After you confirm, you get an acknowledgement with date and time to keep.”
    WITHDRAW_AFTER = "request.withdraw-after" ();
    // Refunds.
    /// “Refund”
    REFUND_UNKNOWN = "request.refund-unknown" ();
    /// “promised”
    REFUND_PROMISED = "request.refund-promised" ();
    /// “by {day} at the latest”
    REFUND_DUE = "request.refund-due" ("day");
    /// “was due {day}”
    REFUND_OVERDUE = "request.refund-overdue" ("day");
    /// “sent; your bank may need a few days”
    REFUND_SENT = "request.refund-sent" ();
    /// “sent {day}; your bank may need a few days”
    REFUND_SENT_ON = "request.refund-sent-on" ("day");
    /// “arrived”
    REFUND_COMPLETED = "request.refund-completed" ();
    /// “did not go through; we look into it”
    REFUND_FAILED = "request.refund-failed" ();
    /// “{amount}, back the way you paid”
    REFUND_TO_PAYMENT = "request.refund-to-payment" ("amount");
    /// “{amount}, as credit in the shop”
    REFUND_TO_CREDIT = "request.refund-to-credit" ("amount");
    /// “It should be there by now. Tell us, and we trace it.”
    REFUND_LOOK = "request.refund-look" ();
    /// “Payment reference”
    REFUND_REFERENCE = "request.refund-reference" ();
    /// “Anything that helps to find it”
    NOTE_REFUND = "request.note-refund" ();
    // Contact and rating.
    /// “What can we do for you?”
    CONTACT_NOTE = "request.contact-note" ();
    /// “Your order, its parcels and what was tried so far go along. You need not tell it twice.”
    CONTACT_HINT = "request.contact-hint" ();
    /// “Where can we reach you?”
    CONTACT_REACH = "request.contact-reach" ();
    /// “E-mail or telephone; without it, the answer appears on this page.”
    CONTACT_REACH_HINT = "request.contact-reach-hint" ();
    /// “Add to your case”
    REPLY_TITLE = "request.reply-title" ();
    /// “Your message”
    REPLY_NOTE = "request.reply-note" ();
    /// “How did it go?”
    RATING_TITLE = "request.rating-title" ();
    /// “How happy are you with what came of it?”
    RATING_QUESTION = "request.rating-question" ();
    /// “Very happy”
    RATING_5 = "request.rating-5" ();
    /// “Happy”
    RATING_4 = "request.rating-4" ();
    /// “It was all right”
    RATING_3 = "request.rating-3" ();
    /// “Not happy”
    RATING_2 = "request.rating-2" ();
    /// “Not happy at all”
    RATING_1 = "request.rating-1" ();
    /// “What should we do better?”
    RATING_NOTE = "request.rating-note" ();
    // Buttons that submit.
    /// “Report it missing”
    SUBMIT_NON_RECEIPT = "request.submit-non-receipt" ();
    /// “Send the report”
    SUBMIT_REPORT = "request.submit-report" ();
    /// “Book this slot”
    SUBMIT_RESCHEDULE = "request.submit-reschedule" ();
    /// “Change the address”
    SUBMIT_ADDRESS = "request.submit-address" ();
    /// “Pass it on to the carrier”
    SUBMIT_PASS_ON = "request.submit-pass-on" ();
    /// “Send it there”
    SUBMIT_REDIRECT = "request.submit-redirect" ();
    /// “Cancel these items”
    SUBMIT_CANCEL = "request.submit-cancel" ();
    /// “Agree to the later date”
    SUBMIT_DELAY = "request.submit-delay" ();
    /// “Start the return”
    SUBMIT_RETURN = "request.submit-return" ();
    /// “Confirm withdrawal”
    SUBMIT_WITHDRAWAL = "request.submit-withdrawal" ();
    /// “Ask where it is”
    SUBMIT_REFUND = "request.submit-refund" ();
    /// “Send”
    SUBMIT_MESSAGE = "request.submit-message" ();
    // Cases.
    /// “Your requests”
    CASES_TITLE = "request.cases-title" ();
    /// “Your returns”
    RETURNS_TITLE = "request.returns-title" ();
    /// “Your refunds”
    REFUNDS_TITLE = "request.refunds-title" ();
    /// “Request”
    CASE_TITLE = "request.case-title" ();
    /// “Reference {reference}”
    CASE_REFERENCE = "request.case-reference" ("reference");
    /// “Reference {reference} · {moment}”
    CASE_REFERENCE_AT = "request.case-reference-at" ("reference" "moment");
    /// “What happened so far”
    CASE_STORY = "request.case-story" ();
    /// “You asked for: {outcome}”
    CASE_WISH = "request.case-wish" ("outcome");
    /// “Outcome: {outcome}”
    CASE_CAME_TO = "request.case-came-to" ("outcome");
    /// “Received”
    CASE_RECEIVED = "request.case-received" ();
    /// “In progress”
    CASE_IN_PROGRESS = "request.case-in-progress" ();
    /// “Waiting for you”
    CASE_WAITING_FOR_SHOPPER = "request.case-waiting-for-shopper" ();
    /// “Waiting for the carrier”
    CASE_WAITING_FOR_CARRIER = "request.case-waiting-for-carrier" ();
    /// “Done”
    CASE_RESOLVED = "request.case-resolved" ();
    /// “Declined”
    CASE_DECLINED = "request.case-declined" ();
    /// “With us”
    CASE_UNKNOWN = "request.case-unknown" ();
    /// “Show the return label”
    CASE_LABEL = "request.case-label" ();
    /// “Add something”
    CASE_REPLY = "request.case-reply" ();
    /// “Say how it went”
    CASE_RATE = "request.case-rate" ();
    /// “We look into it”
    NEXT_LOOK_INTO = "request.next-look-into" ();
    /// “The carrier looks for it”
    NEXT_CARRIER_LOOKS = "request.next-carrier-looks" ();
    /// “Your answer is needed”
    NEXT_YOU_ANSWER = "request.next-you-answer" ();
    /// “We answer you”
    NEXT_ANSWER = "request.next-answer" ();
    /// “You hand the return over”
    NEXT_SEND_BACK = "request.next-send-back" ();
    /// “We check what you sent back”
    NEXT_INSPECT = "request.next-inspect" ();
    /// “The replacement leaves”
    NEXT_REPLACEMENT = "request.next-replacement" ();
    /// “The money arrives”
    NEXT_REFUND = "request.next-refund" ();
    /// “The carrier delivers it”
    NEXT_DELIVER = "request.next-deliver" ();
    /// “You collect the parcel”
    NEXT_COLLECT = "request.next-collect" ();
    /// “{what}: by {moment}”
    NEXT_BY_WHEN = "request.next-by-when" ("what" "moment");
    /// “{what}: this was due {moment}”
    NEXT_WAS_DUE = "request.next-was-due" ("what" "moment");
    /// “We received your request”
    STEP_OPENED = "request.step-opened" ();
    /// “You wrote”
    STEP_YOU_WROTE = "request.step-you-wrote" ();
    /// “We wrote”
    STEP_WE_WROTE = "request.step-we-wrote" ();
    /// “A person has taken over”
    STEP_HANDED_OVER = "request.step-handed-over" ();
    /// “We asked the carrier”
    STEP_CARRIER_ASKED = "request.step-carrier-asked" ();
    /// “The carrier answered”
    STEP_CARRIER_ANSWERED = "request.step-carrier-answered" ();
    /// “The parcel was found”
    STEP_FOUND = "request.step-found" ();
    /// “The delivery was moved”
    STEP_RESCHEDULED = "request.step-rescheduled" ();
    /// “The address was changed”
    STEP_ADDRESS_CHANGED = "request.step-address-changed" ();
    /// “Passed on to the carrier”
    STEP_PASSED_ON = "request.step-passed-on" ();
    /// “Sent to the pickup point”
    STEP_REDIRECTED = "request.step-redirected" ();
    /// “The items were cancelled”
    STEP_CANCELLED = "request.step-cancelled" ();
    /// “You agreed to the later date”
    STEP_DELAY_ACCEPTED = "request.step-delay-accepted" ();
    /// “You withdrew from the contract”
    STEP_WITHDRAWN = "request.step-withdrawn" ();
    /// “The return was agreed”
    STEP_RETURN_APPROVED = "request.step-return-approved" ();
    /// “The label is ready”
    STEP_LABEL_READY = "request.step-label-ready" ();
    /// “The return is on its way”
    STEP_RETURN_IN_TRANSIT = "request.step-return-in-transit" ();
    /// “The return has arrived”
    STEP_RETURN_RECEIVED = "request.step-return-received" ();
    /// “The return was checked”
    STEP_RETURN_INSPECTED = "request.step-return-inspected" ();
    /// “A replacement was agreed”
    STEP_REPLACEMENT_PROMISED = "request.step-replacement-promised" ();
    /// “The replacement was sent”
    STEP_REPLACEMENT_SENT = "request.step-replacement-sent" ();
    /// “A refund was agreed”
    STEP_REFUND_PROMISED = "request.step-refund-promised" ();
    /// “The refund was sent”
    STEP_REFUND_SENT = "request.step-refund-sent" ();
    /// “We asked again”
    STEP_REMINDED = "request.step-reminded" ();
    /// “The case was closed”
    STEP_RESOLVED = "request.step-resolved" ();
    /// “The request was declined”
    STEP_DECLINED = "request.step-declined" ();
    /// “The time for it ran out”
    STEP_EXPIRED = "request.step-expired" ();
    /// “Something happened”
    STEP_SOMETHING = "request.step-something" ();
}
