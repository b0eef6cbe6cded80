//! Tests that markup is removed, and that all other text stays, even if it looks like markup.

use proptest::prelude::*;

use super::text;
use crate::carrier_text;

#[test]
fn a_carriers_markup_becomes_text() {
    for (raw, shown) in [
        (
            r#"Delivered. <a href="https://carrier.example/?a=1&amp;b=2" target='_blank'>Rate us</a> <span class="x">now</span>"#,
            "Delivered. Rate us now",
        ),
        ("Line one<br>Line two<br/>Line three<BR />four", "Line one Line two Line three four"),
        ("<p>Arrived</p><p>Departed</p>", "Arrived Departed"),
        ("Deliv<b>er</b>ed", "Delivered"),
        ("Priority Mail<SUP>&reg;</SUP>", "Priority Mail®"),
        ("USPS Tracking<SUP>&#153;</SUP>", "USPS Tracking™"),
        ("Priority Mail&lt;SUP&gt;&amp;reg;&lt;/SUP&gt;", "Priority Mail®"),
        ("&amp;lt;b&amp;gt;Held&amp;lt;/b&amp;gt;", "Held"),
        ("Tom &amp;amp; Jerry&#39;s &quot;shop&quot; &nbsp;&euro;5", "Tom & Jerry's \"shop\" €5"),
        ("&Uuml;bergabe &#xDC;ber K&ouml;ln", "Übergabe Über Köln"),
        ("Held <script>alert('<b>1</b>')</script>at customs", "Held at customs"),
        ("Held <style type=\"text/css\">p > a { color: red }</style>at customs", "Held at customs"),
        ("Held <SCRIPT src=x>never closed", "Held"),
        ("Held <!-- a > b --> here", "Held here"),
        ("<![CDATA[Out for delivery]]>", "Out for delivery"),
        ("<!DOCTYPE html><html><body>Sorted</body></html>", "Sorted"),
        ("Sorted <o:p></o:p>in Bonn", "Sorted in Bonn"),
        ("Ready <a href=\"https://carrier.example/very/lo", "Ready"),
        ("Ready <img alt=\"a > b\" src='x'> now", "Ready now"),
        ("Ready <a href=\"never closed>here</a> now", "Ready here now"),
        ("<ul><li>One</li><li>Two</li></ul>", "One Two"),
    ] {
        assert_eq!(carrier_text::sentence(raw).as_deref(), Some(shown), "{raw}");
    }
}

#[test]
fn nothing_is_cut_that_is_not_markup() {
    for said in [
        "Weight < 5 kg > ok",
        "5 <10 kg, 7>6",
        "a<b and b>c",
        "Left at <Main Street> 5",
        "Write to <info@carrier.example>",
        "See <https://carrier.example/a>",
        "<3",
        "<",
        "<>",
        "< b >",
        "Depot <p",
        "R&D, AT&T; Q&A",
        "&unknown; &",
        "1 &lt 2",
        "</",
        "<unknown tag=\"x\">",
    ] {
        assert_eq!(text(said), said);
    }
    assert_eq!(text("Weight &lt; 5 kg &gt; ok"), "Weight < 5 kg > ok");
}

#[test]
fn every_text_that_is_shown_is_free_of_markup() {
    assert_eq!(carrier_text::proper_name("<b>K&ouml;ln</b>").as_deref(), Some("Köln"));
    assert_eq!(carrier_text::proper_name("SIGNED BY <i>A. OKAFOR</i>").as_deref(), Some("Signed By A. Okafor"));
    assert_eq!(carrier_text::sentence("<b>OUT FOR DELIVERY</b>").as_deref(), Some("Out for delivery"));
    assert_eq!(carrier_text::sentence("<br><p></p>"), None);
}

/// Generates one piece of a carrier's text: characters, a tag or an entity.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~äß]{0,8}",
        Just("<b>".to_owned()),
        Just("</b>".to_owned()),
        Just("<br/>".to_owned()),
        Just("<a href=\"x>y\">".to_owned()),
        Just("<script>".to_owned()),
        Just("</script>".to_owned()),
        Just("&amp;".to_owned()),
        Just("&amp;lt;".to_owned()),
        Just("&gt;".to_owned()),
        Just("&#60;".to_owned()),
        Just("<!--".to_owned()),
        Just("-->".to_owned()),
        Just("<".to_owned()),
    ]
}

proptest! {
    #[test]
    fn a_text_without_angle_brackets_and_ampersands_stays_as_it_is(said in "[^<&\u{80}-\u{9f}]{0,80}") {
        prop_assert_eq!(text(&said), said);
    }

    #[test]
    fn any_text_between_tags_stays(said in "[a-zA-Z0-9 .,>;:#\"'=/-]{0,40}") {
        prop_assert_eq!(text(&format!("<span title=\"t\">{said}</span>")), said);
    }

    #[test]
    fn what_was_escaped_once_or_twice_comes_back(said in "[a-z0-9 .,;:#\"'=/ä-]{0,40}( < [a-z0-9 ]{0,9} > )?[a-z ]{0,9}") {
        let once = html_escape::encode_text(&said).into_owned();
        let twice = html_escape::encode_text(&once).into_owned();
        prop_assert_eq!(text(&once), said.clone());
        prop_assert_eq!(text(&twice), said);
    }

    #[test]
    fn no_text_makes_it_panic_and_no_tag_is_left(said in proptest::collection::vec(piece(), 0..12)) {
        let shown = text(&said.concat());
        for tag in ["<b>", "</b>", "<br/>", "<script>", "<!--", "<a href"] {
            prop_assert!(!shown.contains(tag), "{}", shown);
        }
        prop_assert_eq!(text(&shown), shown);
    }
}
