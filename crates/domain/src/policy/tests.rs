//! Tests that the default policy is valid and that each mistake in a policy file is reported with its line.

use super::{DEFAULT, Policy};

#[test]
fn the_default_policy_can_be_read_and_is_its_own_example() {
    let standard = Policy::standard().expect("the default policy");
    let repeated = Policy::read(DEFAULT).expect("the default policy as a file");
    for country in [None, Some("DE"), Some("GB"), Some("US"), Some("XX")] {
        assert_eq!(standard.for_country(country), repeated.for_country(country));
    }
    assert_ne!(standard.hash(), repeated.hash());
}

#[test]
fn a_file_is_laid_over_the_default_and_a_country_over_both() {
    let policy = Policy::read("[returns]\nwindow_days = 60\n[country.DE.returns]\nwindow_days = 100\n").expect("a policy");
    assert_eq!(policy.for_country(None).returns.window_days, 60);
    assert_eq!(policy.for_country(Some("FR")).returns.window_days, 60);
    assert_eq!(policy.for_country(Some("DE")).returns.window_days, 100);
    assert_eq!(policy.for_country(Some("DE")).returns.methods, policy.for_country(None).returns.methods);
}

#[test]
fn a_mistake_is_told_with_its_line_its_setting_and_what_to_do() {
    let table = [
        ("[cases\n", 1, "", "table"),
        ("# ours\n[cases]\nreply = maybe\n", 3, "", ""),
        ("\n[cases]\nreplies = true\n", 3, "cases.replies", "unknown field"),
        ("[case]\nreply = true\n", 1, "case", "unknown field"),
        ("[damaged]\noffered = true\nreport_days = \"ten\"\n", 3, "damaged.report_days", "expected u32"),
        ("[damaged]\nreport_days = -1\n", 2, "damaged.report_days", "u32"),
        ("[damaged]\nreport_days = 0\n", 2, "damaged.report_days", "write 1 to"),
        ("[damaged]\noutcomes = [\"refund\", \"cake\"]\n", 2, "damaged.outcomes.1", "`cake`"),
        ("[damaged]\ndecision = \"maybe\"\n", 2, "damaged.decision", "unknown variant"),
        ("[change_address]\n\nmin_postcode_chars = 9\nmax_postcode_chars = 4\n", 4, "change_address.max_postcode_chars", "less"),
        ("[reschedule]\nuntil = \"delivered\"\n", 2, "reschedule.until", "`delivered`"),
        ("[reschedule]\ncut_off = \"8\"\n", 2, "reschedule.cut_off", "08:00"),
        ("[withdraw]\ncountries = [\n  \"DE\",\n  \"EU\",\n]\n", 4, "withdraw.countries.1", "`EU`"),
        ("[country.QQ.withdraw]\ndays = 3\n", 1, "country.QQ", "no country"),
        ("[country]\nDE = 3\n", 2, "country.DE", "tables"),
        ("[country.DE.withdraw]\ndayz = 3\n", 2, "country.DE.withdraw.dayz", "unknown field"),
        ("[country.SE.withdraw]\ndays = 0\n", 2, "country.SE.withdraw.days", "write 1"),
        (
            "[[reschedule.windows]]\ndays = [\"mon\"]\nfrom = \"12:00\"\nto = \"08:00\"\ncapacity = 1\n",
            4,
            "reschedule.windows.0.to",
            "after",
        ),
        (
            "[[reschedule.windows]]\ndays = [\"mon\"]\nfrom = \"12:00\"\nto = \"14:00\"\n",
            1,
            "reschedule.windows.0.capacity",
            "missing",
        ),
        (
            "[[redirect.points]]\nid = \"a\"\nname = \"A\"\nlines = []\ncountry = \"GB\"\n\n[[redirect.points]]\nid = \"a\"\nname = \"B\"\nlines = []\ncountry = \"GB\"\n",
            8,
            "redirect.points.1.id",
            "twice",
        ),
    ];
    for (text, line, field, what) in table {
        let flaws = Policy::read(text).expect_err(text);
        let first = flaws.first().expect("a flaw");
        assert_eq!((first.line, first.field.as_str()), (line, field), "{text}: {first}");
        assert!(first.what.contains(what), "{text}: {first}");
    }
}

#[test]
fn every_mistake_is_told_at_once() {
    let flaws = Policy::read("[damaged]\nreport_days = 0\n[wrong_item]\nreport_days = 0\n").expect_err("two mistakes");
    assert_eq!(flaws.iter().map(|flaw| flaw.line).collect::<Vec<_>>(), [2, 4]);
}

/// Collects the names of all settings in a table.
fn settings(table: &toml::Table, found: &mut std::collections::BTreeSet<String>) {
    for (name, value) in table {
        found.insert(name.clone());
        match value {
            toml::Value::Table(inner) if name != "response_hours_of" => settings(inner, found),
            toml::Value::Array(entries) => {
                entries.iter().filter_map(toml::Value::as_table).for_each(|inner| settings(inner, found));
            }
            toml::Value::Table(_)
            | toml::Value::String(_)
            | toml::Value::Integer(_)
            | toml::Value::Float(_)
            | toml::Value::Boolean(_)
            | toml::Value::Datetime(_) => {}
        }
    }
}

#[test]
fn the_documentation_has_every_setting_and_its_example_is_a_policy() {
    let page = include_str!("../../../../docs/policy.md");
    let mut found = std::collections::BTreeSet::new();
    settings(&DEFAULT.parse().expect("the default policy"), &mut found);
    let words: std::collections::BTreeSet<&str> = page.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').collect();
    for setting in found {
        assert!(words.contains(setting.as_str()), "docs/policy.md does not have {setting}");
    }
    let example = page.split("```toml").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
    let policy = Policy::read(example).expect("the example");
    assert_eq!(policy.for_country(Some("SE")).withdraw.days, 30);
}
