//! The dialog: its title, the known facts, the questions, and the buttons.

use doorstep_contract::concat;
use std::any::Any;

use doorstep_core::message::{Message, request_keys as keys};
use doorstep_core::screen;
use doorstep_core::self_service::{Block, Drawn, Msg, Sheet, SupportChannel};

use super::controls::cross_button;
use super::{choice, field, lines, photos};
use doorstep_view::View;
use doorstep_view::dom::{ElementBuilder, button, dd, dialog, div, dl, dt, form, heading, li, p, section, span, svg, ul};
use doorstep_view::{external_link, message_button};

/// Draws the dialog element. It stays in the page while it is closed, so that the focus can be returned on closing.
pub(super) fn frame(view: &View, sheet: Option<&Sheet>) -> ElementBuilder {
    let send = view.sender();
    dialog()
        .class("sheet")
        .attr("part", "dialog")
        .attr("aria-labelledby", "sheet-title")
        .on_cancel(move || send(screen::Msg::Request(Msg::Closed)))
        .child_opt(sheet.map(|sheet| content(view, sheet)))
}

fn content(view: &View, sheet: &Sheet) -> ElementBuilder {
    let (fill, submit, picked) = (view.sender(), view.sender(), view.file_picker());
    let filled = move |event: &dyn Any| {
        if field::is_file(event) {
            picked(event);
        } else if let Some((name, value)) = field::value(event) {
            fill(screen::Msg::Request(Msg::Filled { name, value }));
        }
    };
    let title = heading(2).class("sheet-title").attr("id", "sheet-title").attr("tabindex", "-1").message(view, &sheet.title);
    let progress = sheet.progress.as_ref().map(|progress| p().class("quiet").message(view, progress));
    let alert = sheet.alert.as_ref().map(|alert| view.texts.message(alert)).unwrap_or_default();
    let status = sheet.status.as_ref().map(|status| view.texts.message(status)).unwrap_or_default();
    let asked = sheet.blocks.iter().map(|drawn| block(view, drawn));
    form()
        .class("sheet-body")
        .key(concat(&["sheet-", &sheet.key]))
        .flag("novalidate", true)
        .attr("data-step", &sheet.key)
        .on_submit(move |_| submit(screen::Msg::Request(Msg::Forward)))
        .child(div().class("sheet-top").child(div().class("lines").child_opt(progress).child(title)).child(close(view)))
        .child(p().class("error").attr("role", "alert").text(alert))
        .child_opt(facts(view, sheet))
        .child(div().class("blocks").on_input(filled).children(asked))
        .child(p().class("status").attr("role", "status").text(status))
        .child(buttons(view, sheet))
}

fn close(view: &View) -> ElementBuilder {
    cross_button(view, &view.texts.key(keys::CLOSE), Msg::Closed)
}

/// Draws the known facts above the questions. If there are no facts and no proof of delivery, returns None.
fn facts(view: &View, sheet: &Sheet) -> Option<ElementBuilder> {
    if sheet.facts.is_empty() && sheet.proof_of_delivery.is_none() {
        return None;
    }
    let rows = sheet.facts.iter().map(|fact| p().message(view, fact));
    Some(
        section()
            .class("known")
            .attr("aria-label", &view.texts.key(keys::FACTS))
            .children(rows)
            .child_opt(sheet.proof_of_delivery.as_ref().map(|proof| doorstep_view::proof(view, 3, proof))),
    )
}

fn buttons(view: &View, sheet: &Sheet) -> ElementBuilder {
    let forward = sheet.forward.as_ref().map(|forward| {
        button()
            .button_class("primary")
            .attr("type", "submit")
            .attr("aria-disabled", if forward.busy { "true" } else { "false" })
            .message(view, &forward.label)
    });
    let busy = sheet.forward.as_ref().is_some_and(|forward| forward.busy);
    let (label, msg) = if sheet.back && !busy { (keys::BACK, Msg::Back) } else { (keys::CLOSE, Msg::Closed) };
    let class = if forward.is_some() { "second" } else { "primary" };
    div().class("buttons").child_opt(forward).child(message_button(view, class, view.texts.key(label), msg))
}

fn block(view: &View, drawn: &Drawn) -> ElementBuilder {
    let text = |message: &Message| view.texts.message(message);
    match &drawn.block {
        Block::Paragraph(message) => p().message(view, message),
        Block::Hint(message) => p().class("quiet").message(view, message),
        Block::Quote(text) => p().class("quote").text(text.clone()),
        Block::Rows { rows, sum } => table(view, rows, *sum),
        Block::Choice(choice) => choice::radios(view, choice, drawn.error),
        Block::Checks(choice) => choice::boxes(view, choice),
        Block::Lines(lines) => lines::lines(view, lines, drawn.error),
        Block::Field(field) => field::field(view, field, drawn.error),
        Block::Photos(photos) => photos::photos(view, photos, drawn.error),
        Block::Loading => p().class("quiet").attr("aria-busy", "true").text_key(view, keys::LOADING),
        Block::Unloaded => div()
            .class("unloaded")
            .child(p().class("error").text_key(view, keys::UNLOADED))
            .child(message_button(view, "second", view.texts.key(keys::RELOAD), Msg::Reload)),
        Block::SupportChannels(channels) => {
            group(view, keys::WAYS, channels.iter().map(|channel| support(view, channel)).collect())
        }
        Block::Others(others) => {
            let other =
                |(subject, label): &(_, Message)| message_button(view, "way", text(label), Msg::Opened(Clone::clone(subject)));
            group(view, keys::OTHERS, others.iter().map(other).collect())
        }
        Block::Keep(keep, label) => message_button(view, "second keep", text(label), Msg::Keep(keep.clone())),
        Block::LookUp => {
            let send = view.sender();
            let press = move || send(screen::Msg::LookupOpened);
            button().button_class("second").attr("type", "button").on_click(press).text_key(view, keys::LOOK_UP)
        }
        Block::Code(rows) => code(view, rows),
    }
}

fn group(view: &View, title: doorstep_core::message::Key, rows: Vec<ElementBuilder>) -> ElementBuilder {
    let rows = rows.into_iter().map(|row| li().child(row));
    div().class("group").child(heading(3).label_class().text_key(view, title)).child(ul().class("ways").children(rows))
}

fn support(view: &View, channel: &SupportChannel) -> ElementBuilder {
    let hours = channel.hours.as_ref().map(|hours| p().class("quiet").text(hours.clone()));
    div().child(external_link(view, &channel.url, channel.label.clone())).child_opt(hours)
}

fn table(view: &View, rows: &[(Message, Message)], sum: bool) -> ElementBuilder {
    let row =
        |(name, value): &(Message, Message)| div().child(dt().message(view, name)).child(dd().child(span().message(view, value)));
    dl().class(if sum { "rows sum" } else { "rows" }).children(rows.iter().map(row))
}

/// Draws a matrix code as one path, with a quiet zone of four squares, which scanners require. `1` in a row is a dark square.
fn code(view: &View, rows: &[String]) -> ElementBuilder {
    let mut path = String::new();
    for (y, row) in rows.iter().enumerate() {
        for (x, _) in row.bytes().enumerate().filter(|(_, module)| *module == b'1') {
            let [x, y] = [x, y].map(|at| doorstep_contract::digits(doorstep_core::message::count(at + 4).into()));
            path.push_str(&concat(&["M", &x, " ", &y, "h1v1h-1z"]));
        }
    }
    let size = doorstep_contract::digits(doorstep_core::message::count(rows.len() + 8).into());
    let frame = concat(&["0 0 ", &size, " ", &size]);
    svg("svg")
        .class("matrix")
        .attr("viewBox", &frame)
        .attr("role", "img")
        .attr("aria-label", &view.texts.key(keys::LABEL_CODE))
        .attr("shape-rendering", "crispEdges")
        .child(svg("path").attr("d", &path))
}
