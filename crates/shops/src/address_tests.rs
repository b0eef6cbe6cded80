use proptest::prelude::*;

use super::*;

fn address(parts: [&str; 7]) -> FullAddress {
    let [first_name, last_name, street, city, region, postcode, country] =
        parts.map(|part| Some(part.to_owned()).filter(|part| !part.is_empty()));
    FullAddress { first_name, last_name, name: None, street, city, region, postcode, country }
}

#[test]
fn an_address_is_recognised_by_its_owner_and_by_nobody_else() {
    for (parts, lines) in [
        (["Robin", "Marlowe", "128 Amwell Street", "London", "", "EC1R 1UR", "GB"], "R. Marlowe|1•• Amwell Street|London EC1R"),
        (["Robin", "Marlowe", "221B Amwell Street", "London", "", "ec1r1ur", "gb"], "R. Marlowe|2••• Amwell Street|London EC1R"),
        (["Jonas", "Brandt", "Bergmannstraße 9", "Berlin", "", "10961", "DE"], "J. Brandt|Bergmannstraße •|10961 Berlin"),
        (
            ["Nina", "Alvarez", "240 Bergen Street", "Brooklyn", "NY", "11217-4412", "US"],
            "N. Alvarez|2•• Bergen Street|Brooklyn, NY 11217",
        ),
        (["花", "森", "浅草1-2-3", "台東区", "JP-13", "111-0032", "JP"], "花. 森|浅草•-•-•|台東区 111"),
        (["أحمد", "الخطيب", "شارع الملك ١٢", "الرياض", "", "12345", "SA"], "أ. الخطيب|شارع الملك ١•|الرياض 12345"),
        (
            ["Anna", "de Vries", "Prinsengracht 263", "Amsterdam", "", "1016 GV", "NL"],
            "A. Vries|Prinsengracht 2••|1016 Amsterdam",
        ),
        (["Aoife", "Byrne", "7 Main Street", "Dublin", "", "D02 AF30", "IE"], "A. Byrne|• Main Street|Dublin D02"),
        (["Marc", "Roy", "100 Rue Wellington", "Ottawa", "ON", "K1A 0B1", "CA"], "M. Roy|1•• Rue Wellington|Ottawa, ON K1A"),
        (
            ["Ana", "Lima", "Avenida Paulista 1578", "São Paulo", "SP", "01310-200", "BR"],
            "A. Lima|Avenida Paulista 1•••|São Paulo, SP 01310",
        ),
        (["Rui", "Sousa", "Rua Augusta 24", "Lisboa", "", "1100-048", "PT"], "R. Sousa|Rua Augusta 2•|1100 Lisboa"),
    ] {
        assert_eq!(address(parts).masked().lines.join("|"), lines, "{parts:?}");
    }
}

#[test]
fn missing_parts_are_left_out() {
    for (parts, lines) in [
        (["", "", "", "", "", "", ""], ""),
        (["Cher", "", "", "", "", "", ""], "C••"),
        (["", "Jonas Maria Brandt", "", "", "", "", ""], "J. Brandt"),
        (["Robin", "Robin Marlowe", "", "", "", "", ""], "R. Marlowe"),
        (["", "", "", "London", "", "", "GB"], "London"),
        (["", "", "", "", "", "10961", "DE"], "10961"),
        (["山田太郎", "", "", "", "", "", "JP"], "山••"),
    ] {
        assert_eq!(address(parts).masked().lines.join("|"), lines, "{parts:?}");
    }
    let one_field = FullAddress { name: Some("Robin James Marlowe".to_owned()), ..FullAddress::default() };
    assert_eq!(one_field.masked().lines, ["R. Marlowe"]);
}

#[test]
fn a_street_that_cannot_be_masked_is_not_shown() {
    for street in [
        "Rose Cottage",
        "c/o Ada Byron, 4 Mill Lane",
        "Attn: desk 4",
        "4 Marlowe House",
        "Marlowe, 4 Mill Lane",
        "robin@mail.example 4",
        "三丁目",
    ] {
        let lines = address(["Robin", "Marlowe", street, "Leeds", "", "LS1 4AP", "GB"]).masked().lines;
        assert_eq!(lines, ["R. Marlowe", "Leeds LS1"], "{street}");
    }
    for (street, shown) in [("PO Box 1042", "PO Box 1•••"), ("Postfach 7", "Postfach •"), ("12 Apt. 4", "1• Apt. •")]
    {
        assert_eq!(address(["", "", street, "", "", "", ""]).masked().lines, [shown]);
    }
}

#[test]
fn a_country_is_two_letters() {
    for (country, code) in [("gb", Some("GB")), ("GBR", None), ("England", None), ("é", None)] {
        assert_eq!(address(["", "", "", "Leeds", "", "", country]).masked().country.as_deref(), code, "{country}");
    }
}

proptest! {
    #[test]
    fn no_house_number_and_no_given_name_is_in_the_lines(
        first in "[A-Z][a-z]{3,8}", last in "[A-Z][a-z]{3,8}", number in 10_u32..9999, street in "[A-Z][a-z]{3,8} (Street|Road)",
    ) {
        prop_assume!(!last.to_lowercase().contains(&first.to_lowercase()) && !street.to_lowercase().contains(&first.to_lowercase()));
        let full = format!("{number} {street}");
        let lines = address([&first, &last, &full, "Leeds", "", "LS1 4AP", "GB"]).masked().lines.join("|");
        prop_assert!(!lines.contains(&number.to_string()) && !lines.contains(&first) && !lines.contains("4AP"));
    }

    #[test]
    fn any_address_is_masked_without_a_failure(parts in prop::array::uniform7(".{0,30}")) {
        let masked = address(parts.each_ref().map(String::as_str)).masked();
        prop_assert!(masked.lines.len() <= 3);
    }
}
