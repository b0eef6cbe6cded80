//! The icons: one family, 20 px, strokes of 1.5 px. They are hidden from screen readers, because the text beside them carries the
//! information.

use doorstep_core::order::status::Tone;

use super::dom::{ElementBuilder, svg};

/// Icon to draw.
#[derive(Clone, Copy)]
pub enum Icon {
    /// A tick: success.
    Check,
    /// A clock: waiting.
    Clock,
    /// A flag: the shopper has to act.
    Flag,
    /// An exclamation mark in a triangle: a problem.
    Alert,
    /// A pin: a location.
    Pin,
    /// A box: a parcel.
    Parcel,
    /// An arrow out of a frame: a link that leaves the page.
    Out,
    /// A cloud with a stroke: no connection.
    Offline,
    /// A sheet of paper: an order, a note.
    Note,
    /// A lorry: on its way.
    Truck,
    /// A van: out for delivery.
    Van,
    /// A house: at the recipient.
    Home,
    /// A page of a calendar: a day to choose.
    Calendar,
    /// An arrow that turns back: a return.
    Back,
    /// A cross: a cancellation.
    Cross,
    /// A payment card: a refund.
    Card,
    /// A speech bubble: a person to talk to.
    Chat,
    /// A question mark in a circle: help.
    Help,
}

/// Draws the icon of a tone.
pub fn of_tone(tone: Tone) -> ElementBuilder {
    icon(match tone {
        Tone::Good => Icon::Check,
        Tone::Quiet => Icon::Parcel,
        Tone::Attention => Icon::Clock,
        Tone::Problem => Icon::Alert,
    })
}

/// Draws an icon.
pub fn icon(icon: Icon) -> ElementBuilder {
    let strokes = match icon {
        Icon::Check => "M4.5 10.5l3.5 3.5 7.5-8",
        Icon::Clock => "M10 17.25a7.25 7.25 0 100-14.5 7.25 7.25 0 000 14.5zM10 6v4l2.75 1.75",
        Icon::Flag => "M5 17.25V3.25M5 4h9l-1.75 3L14 10H5",
        Icon::Alert => "M10 3.25l7.25 13H2.75zM10 8v3.75M10 13.9v.1",
        Icon::Pin => "M10 17.25s5.5-4.6 5.5-9a5.5 5.5 0 10-11 0c0 4.4 5.5 9 5.5 9zM10 10a1.9 1.9 0 100-3.8 1.9 1.9 0 000 3.8z",
        Icon::Parcel => "M3.25 6.5L10 3.25l6.75 3.25v7L10 16.75l-6.75-3.25zM3.25 6.5L10 9.75l6.75-3.25M10 9.75v7",
        Icon::Out => "M11.5 4h4.5v4.5M16 4l-6.5 6.5M13.5 11.5V16H4V6.5h4.5",
        Icon::Note => "M4.5 3.25h11v9.5l-4 4h-7zM7.5 7.25h5M7.5 10.5h3",
        Icon::Truck => {
            "M2 5h9.5v8.5H2zM11.5 8.5H15l3 2.75v2.25h-6.5M5.5 16a1.6 1.6 0 100-3.2 1.6 1.6 0 000 3.2zM14.5 16a1.6 1.6 0 100-3.2 1.6 1.6 0 000 3.2z"
        }
        Icon::Van => {
            "M2.25 5.5h9.5l3.5 3.75h2.5v4.25H2.25zM11.5 5.5v3.75h3.75M5.5 16a1.6 1.6 0 100-3.2 1.6 1.6 0 000 3.2zM14.5 16a1.6 1.6 0 100-3.2 1.6 1.6 0 000 3.2z"
        }
        Icon::Home => "M3.5 9.5L10 3.75l6.5 5.75v7h-13zM8 16.5V12h4v4.5",
        Icon::Calendar => "M3.5 5h13v11.5h-13zM3.5 8.75h13M7 3v3.5M13 3v3.5",
        Icon::Back => "M7.5 4l-4 4 4 4M3.5 8h8.75a4 4 0 010 8H8",
        Icon::Cross => "M5 5l10 10M15 5L5 15",
        Icon::Card => "M2.75 5h14.5v10H2.75zM2.75 8.5h14.5M5.5 12h3",
        Icon::Chat => "M3.25 4h13.5v9.5H9l-3.5 3v-3H3.25z",
        Icon::Help => "M10 17.25a7.25 7.25 0 100-14.5 7.25 7.25 0 000 14.5zM8 8.1a2 2 0 113 1.75c-.7.4-1 .8-1 1.5M10 13.9v.1",
        Icon::Offline => "M6.5 15.25h8a3 3 0 00.7-5.9A5 5 0 007 6.2M4.9 8.9a3.3 3.3 0 001.6 6.35M3 3l14 14",
    };
    let path = svg("path").attr("d", strokes);
    svg("svg").named("icon").attr("viewBox", "0 0 20 20").attr("aria-hidden", "true").attr("focusable", "false").child(path)
}
