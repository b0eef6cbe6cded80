//! Checks the values of the rules, whose types are already correct. Each finding names the setting and a valid value.

use std::collections::BTreeSet;

use doorstep_contract::{ActionKind, DeliveredTo, Need, Needs, Outcome, ReturnMethodKind, Stage};

use super::rules::{Decision, DeliveryPreferenceRules, Price, Rules};

/// Longest period in days (ten years). A longer period counts as a mistake in the policy file.
const MOST_DAYS: u32 = 3_660;

#[derive(Default)]
struct Flaws(Vec<(String, String)>);

impl Flaws {
    fn add(&mut self, wrong: bool, field: impl Into<String>, what: impl Into<String>) {
        if wrong {
            self.0.push((field.into(), what.into()));
        }
    }

    fn one_of(&mut self, value: &str, known: &[&str], field: impl Into<String>) {
        self.add(!known.contains(&value), field, format!("`{value}` is not known here: write one of {}", known.join(", ")));
    }

    fn each_one_of<'a>(&mut self, values: impl Iterator<Item = &'a str>, known: &[&str], field: &str) {
        for (index, value) in values.enumerate() {
            self.one_of(value, known, format!("{field}.{index}"));
        }
    }

    fn ids<'a>(&mut self, ids: impl Iterator<Item = &'a str>, field: &str, name: &str) {
        let mut seen = BTreeSet::new();
        for (index, id) in ids.enumerate() {
            let at = format!("{field}.{index}.{name}");
            let plain =
                !id.is_empty() && id.len() <= 64 && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
            self.add(!plain, at.clone(), "write 1 to 64 letters, digits, dashes or underscores");
            self.add(!seen.insert(id), at, format!("`{id}` is there twice: each needs its own"));
        }
    }

    fn days(&mut self, days: u32, least: u32, field: &str) {
        self.add(!(least..=MOST_DAYS).contains(&days), field, format!("write {least} to {MOST_DAYS}"));
    }

    fn price(&mut self, price: Option<&Price>, field: String) {
        let Some(price) = price else { return };
        let currency = price.currency.len() == 3 && price.currency.bytes().all(|byte| byte.is_ascii_uppercase());
        self.add(!currency, format!("{field}.currency"), "write three capital letters, such as EUR");
        self.add(price.minor < 0, format!("{field}.minor"), "cannot be negative");
    }

    fn country(&mut self, country: &str, field: String) {
        self.add(!is_country(country), field, format!("`{country}` is no country: write two capital letters, such as DE"));
    }

    fn needs(&mut self, needs: &Needs, field: &str) {
        self.each_one_of(needs.words(), Need::VALUES, field);
    }

    fn outcomes(&mut self, outcomes: &[Outcome], allowed: &[&str], field: &str) {
        self.add(outcomes.is_empty(), field, "name at least one");
        self.each_one_of(outcomes.iter().map(Outcome::as_str), allowed, field);
    }
}

pub(super) fn check(rules: &Rules) -> Vec<(String, String)> {
    let mut flaws = Flaws::default();
    cases(rules, &mut flaws);
    reports(rules, &mut flaws);
    deliveries(rules, &mut flaws);
    returns(rules, &mut flaws);
    for (index, country) in rules.withdraw.countries.iter().enumerate() {
        flaws.country(country, format!("withdraw.countries.{index}"));
    }
    flaws.days(rules.withdraw.days, 1, "withdraw.days");
    flaws.days(rules.withdraw.refund_days, 1, "withdraw.refund_days");
    flaws.days(rules.refunds.due_days, 1, "refunds.due_days");
    flaws.days(rules.refunds.bank_days, 0, "refunds.bank_days");
    flaws.0
}

fn cases(rules: &Rules, flaws: &mut Flaws) {
    let prefix = &rules.cases.reference_prefix;
    let plain = (1..=8).contains(&prefix.len()) && prefix.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    flaws.add(!plain, "cases.reference_prefix", "write 1 to 8 capital letters or digits, such as DS");
    flaws.add(rules.cases.response_hours == 0, "cases.response_hours", "write at least 1");
    flaws.add(rules.cases.remind_after_hours == 0, "cases.remind_after_hours", "write at least 1");
    flaws.add(rules.cases.max_per_day == 0, "cases.max_per_day", "write at least 1");
    flaws.add(rules.cases.max_messages_per_day == 0, "cases.max_messages_per_day", "write at least 1, or reply = false");
    for (kind, hours) in &rules.cases.response_hours_of {
        flaws.one_of(kind, ActionKind::VALUES, format!("cases.response_hours_of.{kind}"));
        flaws.add(*hours == 0, format!("cases.response_hours_of.{kind}"), "write at least 1");
    }
    let evidence = &rules.evidence;
    flaws.add(!(1_000..=50_000_000).contains(&evidence.max_bytes), "evidence.max_bytes", "write 1000 to 50000000");
    flaws.add(evidence.max_files == 0 || evidence.max_files > 20, "evidence.max_files", "write 1 to 20");
    let fewer = evidence.max_per_order < evidence.max_files;
    flaws.add(fewer, "evidence.max_per_order", "an order cannot take less than one request: write at least evidence.max_files");
}

fn reports(rules: &Rules, flaws: &mut Flaws) {
    let report = &rules.non_receipt;
    let places = report.left_outside.iter().map(DeliveredTo::as_str);
    flaws.each_one_of(places, DeliveredTo::VALUES, "non_receipt.left_outside");
    flaws.days(report.report_days, 1, "non_receipt.report_days");
    let wait = report.wait_hours.max(report.wait_hours_left_outside);
    let closes_first = u64::from(wait) >= u64::from(report.report_days) * 24;
    flaws.add(closes_first, "non_receipt.wait_hours", "the wait must end before non_receipt.report_days have passed");
    let closes_first = report.overdue_report_days <= report.overdue_after_days;
    flaws.add(closes_first, "non_receipt.overdue_report_days", "must be more than non_receipt.overdue_after_days");
    flaws.outcomes(&report.outcomes, &["refund", "replacement", "investigate"], "non_receipt.outcomes");
    flaws.needs(&report.needs, "non_receipt.needs");
    flaws.add(report.investigation_hours == 0, "non_receipt.investigation_hours", "write at least 1");
    let investigates_again = report.after_investigation == Decision::Investigate;
    flaws.add(
        investigates_again,
        "non_receipt.after_investigation",
        "after the investigation there must be an answer: write grant or review",
    );
    for (section, report) in
        [("damaged", &rules.damaged), ("wrong_item", &rules.wrong_item), ("missing_item", &rules.missing_item)]
    {
        flaws.days(report.report_days, 1, &format!("{section}.report_days"));
        flaws.outcomes(&report.outcomes, &["refund", "replacement", "store_credit"], &format!("{section}.outcomes"));
        flaws.needs(&report.needs, &format!("{section}.needs"));
        let investigates = report.decision == Decision::Investigate;
        flaws.add(investigates, format!("{section}.decision"), "the carrier cannot know what was in it: write grant or review");
        flaws.ids(report.reasons.iter().map(|reason| reason.code.as_str()), &format!("{section}.reasons"), "code");
        for (index, reason) in report.reasons.iter().enumerate() {
            flaws.needs(&reason.needs, &format!("{section}.reasons.{index}.needs"));
        }
    }
}

fn deliveries(rules: &Rules, flaws: &mut Flaws) {
    let stages: [(&str, &Stage); 6] = [
        ("reschedule.until", &rules.reschedule.until),
        ("change_address.until", &rules.change_address.until),
        ("instructions.until", until(&rules.instructions)),
        ("neighbour.until", until(&rules.neighbour)),
        ("safe_place.until", until(&rules.safe_place)),
        ("redirect.until", &rules.redirect.until),
    ];
    let moving =
        ["ordered", "packed", "label_created", "handed_over", "in_transit", "customs", "at_local_depot", "out_for_delivery"];
    for (field, stage) in stages {
        flaws.one_of(stage.as_str(), &moving, field);
    }
    let reschedule = &rules.reschedule;
    flaws.add(!(1..=60).contains(&reschedule.days_ahead), "reschedule.days_ahead", "write 1 to 60");
    flaws.add(reschedule.max_attempts == 0, "reschedule.max_attempts", "write at least 1");
    for (index, window) in reschedule.windows.iter().enumerate() {
        let at = format!("reschedule.windows.{index}");
        flaws.add(window.to <= window.from, format!("{at}.to"), "the window must end after it begins");
        flaws.add(window.days.is_empty(), format!("{at}.days"), "name at least one day");
        flaws.add(window.capacity == 0, format!("{at}.capacity"), "write at least 1, or leave the window out");
        flaws.price(window.fee.as_ref(), format!("{at}.fee"));
        let same = |other: &&super::rules::DayWindow| {
            (other.from, other.to) == (window.from, window.to) && other.days.iter().any(|day| window.days.contains(day))
        };
        let twice = reschedule.windows.iter().take(index).any(|other| same(&other));
        flaws.add(twice, at, "this window is there twice on one day");
    }
    let address = &rules.change_address;
    flaws.add(address.max_per_day == 0, "change_address.max_per_day", "write at least 1, or offered = false");
    flaws.add(!(1..=6).contains(&address.max_lines), "change_address.max_lines", "write 1 to 6");
    flaws.add(!(10..=200).contains(&address.max_line_chars), "change_address.max_line_chars", "write 10 to 200");
    let is_range_invalid = address.max_postcode_chars < address.min_postcode_chars || address.max_postcode_chars == 0;
    flaws.add(is_range_invalid, "change_address.max_postcode_chars", "must not be less than change_address.min_postcode_chars");
    flaws.days(rules.redirect.kept_days, 1, "redirect.kept_days");
    flaws.ids(rules.redirect.points.iter().map(|point| point.id.as_str()), "redirect.points", "id");
    for (index, point) in rules.redirect.points.iter().enumerate() {
        flaws.country(&point.country, format!("redirect.points.{index}.country"));
        flaws.add(point.name.trim().is_empty(), format!("redirect.points.{index}.name"), "cannot be empty");
    }
}

fn until(preference: &DeliveryPreferenceRules) -> &Stage {
    &preference.until
}

fn returns(rules: &Rules, flaws: &mut Flaws) {
    let returns = &rules.returns;
    flaws.days(returns.window_days, 1, "returns.window_days");
    flaws.days(returns.drop_off_days, 1, "returns.drop_off_days");
    flaws.days(returns.refund_days, 1, "returns.refund_days");
    flaws.outcomes(&returns.outcomes, &["refund", "exchange", "store_credit"], "returns.outcomes");
    let investigates = returns.decision == Decision::Investigate;
    flaws.add(investigates, "returns.decision", "there is nothing to investigate: write grant or review");
    flaws.add(returns.store_credit_bonus_percent > 100, "returns.store_credit_bonus_percent", "write 0 to 100");
    flaws.add(returns.offered && returns.reasons.is_empty(), "returns.reasons", "name at least one");
    flaws.add(returns.offered && returns.methods.is_empty(), "returns.methods", "name at least one");
    flaws.ids(returns.reasons.iter().map(|reason| reason.code.as_str()), "returns.reasons", "code");
    for (index, reason) in returns.reasons.iter().enumerate() {
        flaws.needs(&reason.needs, &format!("returns.reasons.{index}.needs"));
        flaws.add(reason.restocking_percent > 100, format!("returns.reasons.{index}.restocking_percent"), "write 0 to 100");
    }
    flaws.ids(returns.methods.iter().map(|method| method.id.as_str()), "returns.methods", "id");
    for (index, method) in returns.methods.iter().enumerate() {
        let at = format!("returns.methods.{index}");
        flaws.one_of(method.kind.as_str(), ReturnMethodKind::VALUES, format!("{at}.kind"));
        flaws.price(method.fee.as_ref(), format!("{at}.fee"));
        let formats = method.formats.iter().map(String::as_str);
        flaws.each_one_of(formats, &["application/pdf", "image/png", "image/svg+xml"], &format!("{at}.formats"));
        for (number, country) in method.countries.iter().enumerate() {
            flaws.country(country, format!("{at}.countries.{number}"));
        }
    }
}

/// Returns true for a country code of ISO 3166-1 alpha-2 or `XK` (Kosovo), and false for regions such as `EU`.
pub(super) fn is_country(code: &str) -> bool {
    const CODES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ \
        CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE \
        GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP \
        KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF \
        NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN \
        SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT \
        ZA ZM ZW";
    code.len() == 2 && CODES.split_whitespace().any(|known| known == code)
}
