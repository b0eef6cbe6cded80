use chrono::{NaiveDate, NaiveTime};
use doorstep_core::message::{Ago, Message, MessageArg, Unit, keys};
use doorstep_view::Texts;

use super::Localizer;

/// Returns the texts of one value in several languages.
fn texts<const N: usize>(languages: [&str; N], value: &MessageArg) -> [String; N] {
    languages.map(|language| Localizer::new(language).arg(value))
}

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).expect("a date")
}

#[test]
fn dates_have_the_format_of_the_language() {
    let date = |year| MessageArg::Date { date: day(11, 29), year };
    assert_eq!(
        texts(["en", "en-GB", "de"], &date(false)),
        ["Sunday, November 29", "Sunday 29 November", "Sonntag, 29. November"]
    );
    assert_eq!(texts(["en", "de-AT"], &date(true)), ["Sunday, November 29, 2026", "Sonntag, 29. November 2026"]);
    let range = MessageArg::Dates { from: day(11, 29), to: day(12, 1), year: false };
    assert_eq!(
        texts(["en", "de"], &range),
        ["Sun,\u{a0}Nov\u{a0}29\u{a0}– Tue,\u{a0}Dec\u{a0}1", "So.,\u{a0}29.\u{a0}Nov.\u{a0}– Di.,\u{a0}1.\u{a0}Dez."]
    );
    let month = MessageArg::Dates { from: day(11, 29), to: day(11, 30), year: false };
    assert_eq!(
        texts(["en", "en-CA", "de"], &month),
        [
            "Sun,\u{a0}Nov\u{a0}29\u{a0}– Mon,\u{a0}Nov\u{a0}30",
            "Sun,\u{a0}Nov\u{a0}29–Mon,\u{a0}Nov\u{a0}30",
            "So.,\u{a0}29.\u{a0}– Mo.,\u{a0}30.\u{a0}Nov."
        ]
    );
    let new_year = MessageArg::Dates { from: day(12, 31), to: NaiveDate::from_ymd_opt(2027, 1, 1).expect("a date"), year: true };
    assert_eq!(texts(["en-CA"], &new_year), ["Thu,\u{a0}Dec\u{a0}31,\u{a0}2026–Fri,\u{a0}Jan\u{a0}1,\u{a0}2027"]);
    let years = MessageArg::Dates { from: day(12, 31), to: NaiveDate::from_ymd_opt(2027, 1, 1).expect("a date"), year: false };
    assert_eq!(
        texts(["en", "de"], &years),
        [
            "Thu,\u{a0}Dec\u{a0}31,\u{a0}2026\u{a0}– Fri,\u{a0}Jan\u{a0}1,\u{a0}2027",
            "Do.,\u{a0}31.\u{a0}Dez.\u{a0}2026\u{a0}– Fr.,\u{a0}1.\u{a0}Jan.\u{a0}2027"
        ]
    );
    let month = MessageArg::Dates { from: day(11, 29), to: day(11, 30), year: true };
    assert_eq!(texts(["de"], &month), ["So.,\u{a0}29.\u{a0}– Mo.,\u{a0}30.\u{a0}Nov.\u{a0}2026"]);
    let one_day = MessageArg::Dates { from: day(11, 29), to: day(11, 29), year: true };
    assert_eq!(texts(["en"], &one_day), ["Sun,\u{a0}Nov\u{a0}29,\u{a0}2026"]);
}

#[test]
fn times_numbers_and_money_have_the_format_of_the_language() {
    let time = MessageArg::Clock(NaiveTime::from_hms_opt(19, 5, 0).expect("a time"));
    assert_eq!(texts(["en", "en-GB", "de"], &time), ["7:05 PM", "19:05", "19:05"]);
    assert_eq!(texts(["en", "de"], &MessageArg::Count(12_345)), ["12,345", "12.345"]);
    assert_eq!(texts(["en", "de"], &MessageArg::Tenths(15)), ["1.5", "1,5"]);
    assert_eq!(texts(["en", "de"], &MessageArg::Tenths(20)), ["2", "2"]);
    let money = |amount: &str, currency: &str| MessageArg::Money { amount: amount.to_owned(), currency: currency.to_owned() };
    assert_eq!(texts(["en", "de"], &money("12990.50", "EUR")), ["€12,990.50", "12.990,50\u{a0}€"]);
    assert_eq!(texts(["en", "en-GB"], &money("12990", "JPY")), ["¥12,990", "JP¥12,990"]);
    assert_eq!(texts(["en"], &money("5", "no currency")), ["5\u{a0}no currency"]);
    // No amount is rounded.
    assert_eq!(texts(["en", "de"], &money("12990.50", "HUF")), ["HUF\u{a0}12,990.50", "12.990,50\u{a0}HUF"]);
    assert_eq!(texts(["en"], &money("0.999", "EUR")), ["€0.999"]);
    assert!(texts(["en-u-nu-arab"], &money("12.90", "EUR"))[0].starts_with("€١٢"));
    assert_eq!(texts(["en"], &money("-12990.50", "JPY")), ["-¥12,990.50"]);
    let ago = |count, unit| MessageArg::Ago(Ago { count, unit });
    assert_eq!(texts(["en", "de"], &ago(3, Unit::Hour)), ["3 hr. ago", "vor 3 Std."]);
    assert_eq!(texts(["en", "de"], &ago(1, Unit::Day)), ["1 day ago", "vor 1 Tag"]);
    assert_eq!(texts(["en"], &ago(0, Unit::Minute)), ["0 min. ago"]);
}

#[test]
fn texts_from_outside_keep_their_letters_and_their_direction() {
    let text = |text: &str| MessageArg::Text(text.to_owned());
    assert_eq!(texts(["en"], &text("{count} Ada")), ["{count} Ada"]);
    assert_eq!(texts(["en"], &text("שלום")), ["\u{2068}שלום\u{2069}"]);
}

#[test]
fn a_language_without_a_catalogue_is_english_also_in_its_dates() {
    let date = MessageArg::Date { date: day(11, 29), year: false };
    for language in ["fr", "tlh", "", "not a tag", "-", "x-private", "de-", "de-waytoolongsubtag"] {
        assert_eq!(texts([language], &date), ["Sunday, November 29"], "{language}");
        assert_eq!(Localizer::new(language).tag(), "en");
    }
    assert_eq!(Localizer::new("de-at").tag(), "de-AT");
    assert_eq!(texts(["de_AT"], &date), ["Sonntag, 29. November"]);
}

#[test]
fn the_informal_form_of_a_language_has_its_dates_numbers_and_plural_forms() {
    let informal = ["de-x-informal", "de-AT-x-informal"];
    let formal = ["de", "de-AT"];
    let january = NaiveDate::from_ymd_opt(2027, 1, 5).expect("a date");
    let values = [
        MessageArg::Date { date: january, year: true },
        MessageArg::Dates { from: day(12, 31), to: january, year: true },
        MessageArg::Weekday(january),
        MessageArg::Clock(NaiveTime::from_hms_opt(19, 5, 0).expect("a time")),
        MessageArg::Count(12_345),
        MessageArg::Ago(Ago { count: 3, unit: Unit::Hour }),
        MessageArg::Money { amount: "12990.50".to_owned(), currency: "EUR".to_owned() },
    ];
    for value in values {
        assert_eq!(texts(informal, &value), texts(formal, &value));
    }
    assert!(texts(informal, &MessageArg::Date { date: january, year: false })[1].ends_with("Jänner"));
    let stops = |count| MessageArg::Message(Message::new(keys::HEADLINE_STOPS_AWAY).with("count", MessageArg::Count(count)));
    assert_eq!(texts(["de-AT-x-informal"], &stops(0)), ["Du bist der nächste Stopp"]);
    assert_eq!(texts(["de", "de-x-informal"], &stops(1)), ["Noch ein Stopp bis zu Ihnen", "Noch ein Stopp bis zu dir"]);
    assert_eq!(Localizer::new("de-at-X-Informal").tag(), "de-AT-x-informal");
}
