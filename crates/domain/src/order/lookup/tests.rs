use super::{Email, Postcode, close_form, lookup_key};

fn email(text: &str) -> Option<String> {
    Email::read(text).map(|email| email.form)
}

#[test]
fn an_address_is_the_same_however_it_is_written() {
    for (one, other) in [
        ("ada@example.org", " ADA@Example.ORG "),
        ("ada@example.org", "Ada Lovelace <ada@example.org>"),
        ("ada@example.org", "mailto:ada@example.org"),
        ("ada@example.org", "ada@example.org."),
        ("ada@example.org", "\u{201c}ada@example.org\u{201d},"),
        ("ada@example.org", "\u{feff}ada\u{200b}@exam\u{ad}ple.org\u{200e}"),
        ("ada@example.org", "\u{202a}ada@example.org\u{202c}"),
        ("ada@example.org", "ada@example.org\u{a0}"),
        ("ada@example.org", "ａｄａ＠ｅｘａｍｐｌｅ．ｏｒｇ"),
        ("ada@example.org", "ada@example。org"),
        ("ada@b\u{fc}cher.example", "ada@xn--bcher-kva.example"),
        ("ada@b\u{fc}cher.example", "ada@bu\u{308}cher.example"),
        ("ada@b\u{fc}cher.example", "ADA@B\u{dc}CHER.EXAMPLE"),
        ("ada@xn--bcher-kva.example", "ADA@XN--BCHER-KVA.example"),
        ("ada@xn--bcher-kva.example", "ada@bu\u{308}cher.example"),
        ("j\u{fc}rgen@example.org", "ju\u{308}rgen@example.org"),
        ("j\u{fc}rgen@example.org", "J\u{dc}RGEN@example.org"),
        (
            "\u{438}\u{432}\u{430}\u{43d}@\u{43f}\u{440}\u{438}\u{43c}\u{435}\u{440}.example",
            "\u{418}\u{432}\u{430}\u{43d}@xn--e1afmkfd.example",
        ),
        ("ada@shop-one.example", "ada@shop\u{2011}one.example"),
    ] {
        assert!(email(one).is_some(), "{one}");
        assert_eq!(email(one), email(other), "{one} {other}");
    }
    for (one, other) in [
        ("ada@example.org", "eve@example.org"),
        ("ada@example.org", "ada@example.com"),
        ("a.da@x.org", "ada@x.org"),
        ("ada@stra\u{df}e.example", "ada@strasse.example"),
        ("ada+shop@x.org", "ada@x.org"),
    ] {
        assert!(email(one).is_some() && email(one) != email(other), "{one} {other}");
    }
}

#[test]
fn a_placeholder_is_no_address() {
    for text in [
        "",
        " ",
        "-",
        "@",
        "n/a",
        "none",
        "ada",
        "ada@",
        "@example.org",
        "ada@localhost",
        "n/a@example.org",
        "none@none.none",
        "noreply@shop.example.org",
        "no-reply@x.org",
        "NULL@null.null",
        "unknown@unknown.org",
        "-@-.-",
        "\u{200b}@x.org",
        "ada@x.invalid",
        "ada@1.2",
        "ada@x.y",
        ".@x.org",
    ] {
        assert_eq!(email(text), None, "{text:?}");
    }
}

fn postcode(text: &str) -> Option<String> {
    Postcode::read(text).map(|postcode| postcode.form)
}

#[test]
fn a_postcode_is_the_same_however_it_is_written() {
    for (one, other) in [
        ("N1 9GU", "n1-9gu"),
        ("N1 9GU", "N1\u{a0}9GU\u{200f}"),
        ("N1 9GU", "(Ｎ１ ９ＧＵ)"),
        ("N1 9GU", "GB N1 9GU"),
        ("10115", "D-10115"),
        ("10115", "D\u{2013}10115"),
        ("10115", "DE-10115"),
        ("75001", "F-75001"),
        ("1010", "A-1010"),
        ("8001", "CH-8001"),
        ("11122", "SE-111 22"),
        ("00950", "PL 00-950"),
        ("1234 AB", "NL-1234ab"),
        ("101", "IS-101"),
        ("12345", "12345-6789"),
        ("12345", "US 12345\u{2010}6789"),
        ("K1A 0B1", "k1a\u{2212}0b1"),
        ("13311", "\u{661}\u{663}\u{663}\u{661}\u{661}"),
        ("110001", "\u{967}\u{967}\u{966}\u{966}\u{966}\u{967}"),
    ] {
        assert!(postcode(one).is_some(), "{one}");
        assert_eq!(postcode(one), postcode(other), "{one} {other}");
    }
    for (one, other) in
        [("N1 9GU", "N1 9GX"), ("E1 6AN", "E16 0AN"), ("10115", "10117"), ("1234 AB", "1234 AC"), ("M1 1AE", "M11 1AE")]
    {
        assert!(postcode(one).is_some() && postcode(one) != postcode(other), "{one} {other}");
    }
}

#[test]
fn the_first_half_is_known_where_it_is_a_proof() {
    for (whole, half) in [
        ("N1 9GU", Some("N1")),
        ("SW1A 1AA", Some("SW1A")),
        ("M60 1NW", Some("M60")),
        ("DN55 1PT", Some("DN55")),
        ("1234 AB", Some("1234")),
        ("K1A 0B1", Some("K1A")),
        ("D02 AF30", None),
        ("10115", None),
        ("12345-6789", None),
        ("01310-100", None),
        ("N1", None),
    ] {
        assert_eq!(Postcode::read(whole).and_then(|postcode| postcode.half).as_deref(), half, "{whole}");
    }
}

#[test]
fn a_placeholder_is_no_postcode() {
    for text in [
        "",
        "-",
        ".",
        " ",
        "\u{200b}",
        "n/a",
        "N.A.",
        "none",
        "unknown",
        "null",
        "XXXXX",
        "0",
        "00",
        "000000",
        "00000-0000",
        "D-00000",
        "1",
        "12",
        "1a",
        "99999",
        "123456",
        "D02",
        "D6W",
        "\u{660}\u{660}\u{660}\u{660}",
    ] {
        assert_eq!(postcode(text), None, "{text:?}");
    }
    for text in ["N1", "E1", "SW1A", "K1A", "12345", "1111", "2222", "101", "D02 AF30", "CR0 0XX"] {
        assert!(postcode(text).is_some(), "{text}");
    }
}

#[test]
fn a_number_is_found_however_it_is_written() {
    for text in [
        " #ab-1042 ",
        "AB1042",
        "AB\u{2013}1042",
        "AB\u{2011}1042",
        "No. AB-1042",
        "N\u{ba} AB-1042",
        "N\u{b0}AB-1042",
        "\u{2116} AB-1042",
        "Nr.: AB-1042",
        "#AB-1042.",
        "\u{ff03}ＡＢ\u{ff0d}１０４２",
        "\u{200e}AB-\u{200b}1042\u{feff}",
        "\"AB-1042\"",
        "AB - 1042",
        "number: ab 1042",
    ] {
        assert_eq!(lookup_key(text), "ab1042", "{text:?}");
    }
    for (text, other) in [
        ("NO-1042", "no1042"),
        ("No1042", "no1042"),
        ("2024/17", "2024/17"),
        ("-", ""),
        ("#", ""),
        ("No.", "no"),
        ("\u{661}\u{660}", "10"),
    ] {
        assert_eq!(lookup_key(text), other, "{text:?}");
    }
    assert_ne!(close_form("10-42"), close_form("1042"));
}
