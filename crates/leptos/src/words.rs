//! Words that the element reads and writes, as enums.

/// Declares the values of an attribute of the element.
macro_rules! values {
    ($(#[$about:meta])* $name:ident { $($(#[$meaning:meta])* $value:ident = $word:literal,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $($(#[$meaning])* $value,)+
        }

        impl $name {
            /// Returns the value as it stands in the markup.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$value => $word,)+
                }
            }
        }
    };
}

/// Declares the words of a field of an event. A later version of the element may send others.
macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($(#[$meaning:meta])* $value:ident = $word:literal,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum $name {
            $($(#[$meaning])* $value,)+
            /// A word that this version does not know.
            Other(String),
        }

        impl $name {
            /// Returns the word of the element.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$value => $word,)+
                    Self::Other(word) => word,
                }
            }
        }

        impl From<String> for $name {
            fn from(word: String) -> Self {
                match word.as_str() {
                    $($word => Self::$value,)+
                    _ => Self::Other(word),
                }
            }
        }
    };
}

values! {
    /// Colour scheme of the widget.
    Theme {
        /// Follows the `color-scheme` of the page.
        Auto = "auto",
        /// Light colours.
        Light = "light",
        /// Dark colours.
        Dark = "dark",
    }
}

values! {
    /// Time at which the element starts to load.
    Loading {
        /// Loads at once.
        Eager = "eager",
        /// Loads when it comes near the viewport.
        Lazy = "lazy",
    }
}

values! {
    /// Source of the first page, which is shown before the widget is loaded.
    FirstPage {
        /// The backend can send it with the order.
        Backend = "backend",
    }
}

values! {
    /// Appearance of the milestones.
    Rail {
        /// Icons on a line.
        Icons = "icons",
        /// Points on a line.
        Dots = "dots",
        /// A bar that is filled.
        Bar = "bar",
        /// Numbered steps.
        Steps = "steps",
    }
}

values! {
    /// Appearance of the timeline.
    Timeline {
        /// Events on a line.
        Line = "line",
        /// Events without a line.
        Plain = "plain",
    }
}

values! {
    /// Variant of the texts, in languages that have it.
    Variant {
        /// Addresses the shopper informally.
        Informal = "informal",
    }
}

values! {
    /// Restriction of the widget.
    Mode {
        /// The order without self-service.
        ReadOnly = "readonly",
    }
}

words! {
    /// State of an order as a tone.
    Tone {
        /// Nothing has to be done.
        Quiet = "quiet",
        /// The order has arrived.
        Good = "good",
        /// The shopper should look at it.
        Attention = "attention",
        /// Something has gone wrong.
        Problem = "problem",
    }
}

words! {
    /// Reason for which the requested content cannot be shown.
    ErrorCode {
        /// The browser has no WebAssembly; the fallback is shown.
        WasmUnsupported = "wasm-unsupported",
        /// The page's policy forbids WebAssembly; the fallback is shown.
        WasmBlocked = "wasm-blocked",
        /// A file of the release could not be loaded; the fallback is shown with a way to try again.
        LoadFailed = "load-failed",
        /// The widget stopped by a fault of its own; the fallback is shown.
        Panic = "panic",
        /// There is no usable address of a backend; the fallback is shown.
        BadOptions = "bad-options",
        /// The token does not open the order; the guest look-up is shown.
        NotFound = "not-found",
        /// Without a token the backend does not show the order; the guest look-up is shown.
        LookupNeeded = "lookup-needed",
        /// The link ended while the order was shown; known data stays on the page.
        Expired = "expired",
        /// The device has no connection and nothing is known yet; it goes on trying.
        Offline = "offline",
        /// The backend does not answer as it should and nothing is known yet; it goes on trying.
        Server = "server",
    }
}

words! {
    /// Kind of a self-service action.
    ActionKind {
        /// Report that a parcel marked as delivered is not there.
        ReportNonReceipt = "report_non_receipt",
        /// Report that goods arrived damaged.
        ReportDamaged = "report_damaged",
        /// Report that a wrong item arrived.
        ReportWrongItem = "report_wrong_item",
        /// Report that an item is missing from the parcel.
        ReportMissingItem = "report_missing_item",
        /// Choose another delivery day.
        Reschedule = "reschedule",
        /// Correct the delivery address.
        ChangeAddress = "change_address",
        /// Give instructions to the driver.
        DeliveryInstructions = "delivery_instructions",
        /// Have the parcel left with a neighbour.
        LeaveWithNeighbour = "leave_with_neighbour",
        /// Have the parcel left in a safe place.
        LeaveInSafePlace = "leave_in_safe_place",
        /// Redirect the parcel to a pickup point.
        RedirectToPickup = "redirect_to_pickup",
        /// Cancel order lines that were not sent.
        Cancel = "cancel",
        /// Agree to a later date.
        AcceptDelay = "accept_delay",
        /// Start a return.
        StartReturn = "start_return",
        /// Withdraw from the contract.
        Withdraw = "withdraw",
        /// Ask about the state of a refund.
        RefundStatus = "refund_status",
        /// Contact a person.
        Contact = "contact",
    }
}

words! {
    /// Progress of a self-service action.
    Phase {
        /// A dialog opens.
        Started = "started",
        /// A step of the dialog is shown.
        Step = "step",
        /// The backend has accepted the request.
        Submitted = "submitted",
        /// The request has failed.
        Failed = "failed",
        /// The dialog is closed before the request was sent.
        Abandoned = "abandoned",
    }
}
