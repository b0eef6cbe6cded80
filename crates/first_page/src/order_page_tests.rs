use super::{Content, LookupFailure, OrderPage, STYLES, order_page};

const PAGE: OrderPage<'_> = OrderPage {
    path: "/order",
    api: "/api",
    embed: "/embed",
    language: "en",
    shop: "Fieldhouse",
    home: Some("https://shop.example/"),
};

#[test]
fn the_page_has_the_widget_and_a_form_for_browsers_without_script() {
    let page = order_page(&PAGE, &Content::Widget);
    for part in [
        "<html lang=\"en\">",
        "<title>Find your order · Fieldhouse</title>",
        "<header><a href=\"https://shop.example/\">Fieldhouse</a></header>",
        "<doorstep-tracker api=\"/api\" first-page=\"backend\" heading-level=\"1\"></doorstep-tracker>",
        "<noscript><form method=\"post\" action=\"/order?lang=en\">",
        "src=\"/embed/v1/doorstep.js\"",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    assert!(page.contains(STYLES));
}

#[test]
fn a_failed_look_up_keeps_the_entries_and_says_what_to_do() {
    let german = OrderPage { language: "de-AT", ..PAGE };
    for (failure, en, de) in [
        (LookupFailure::NoMatch, "No order matches", "keine Bestellung"),
        (LookupFailure::TooMany(61), "in 2 minutes", "in 2 Minuten"),
        (LookupFailure::TooMany(0), "in a minute", "einer Minute"),
        (LookupFailure::NumberMissing, "Enter the order number", "Bestellnummer"),
        (LookupFailure::ProofMissing, "Enter the e-mail", "E-Mail"),
        (LookupFailure::Unavailable, "try again", "erneut"),
    ] {
        let content = Content::Form { number: "1042\"", proof: "<ada>", failure };
        for (page, text) in [(&PAGE, en), (&german, de)] {
            let page = order_page(page, &content);
            assert!(page.contains(text), "{failure:?}: {text}\n{page}");
            assert!(page.contains("value=\"1042&quot;\"") && page.contains("value=\"&lt;ada&gt;\""));
            assert!(!page.contains("<script"));
        }
    }
}

#[test]
fn the_name_of_the_shop_is_text() {
    let hostile = OrderPage { shop: "</title><script>", home: Some("\"><script>"), ..PAGE };
    assert_eq!(order_page(&hostile, &Content::Widget).matches("<script").count(), 1);
    let nameless = OrderPage { shop: "", ..PAGE };
    assert!(!order_page(&nameless, &Content::Widget).contains("<header>"));
}
