//! Country codes of providers. Some providers use the three-letter codes of ISO 3166-1, the contract uses the two-letter codes.

/// Pairs of the two-letter and the three-letter code of every country in ISO 3166-1.
const CODES: &str = "\
AD AND AE ARE AF AFG AG ATG AI AIA AL ALB AM ARM AO AGO AQ ATA AR ARG AS ASM AT AUT AU AUS AW ABW AX ALA AZ AZE BA BIH BB BRB \
BD BGD BE BEL BF BFA BG BGR BH BHR BI BDI BJ BEN BL BLM BM BMU BN BRN BO BOL BQ BES BR BRA BS BHS BT BTN BV BVT BW BWA BY BLR \
BZ BLZ CA CAN CC CCK CD COD CF CAF CG COG CH CHE CI CIV CK COK CL CHL CM CMR CN CHN CO COL CR CRI CU CUB CV CPV CW CUW CX CXR \
CY CYP CZ CZE DE DEU DJ DJI DK DNK DM DMA DO DOM DZ DZA EC ECU EE EST EG EGY EH ESH ER ERI ES ESP ET ETH FI FIN FJ FJI FK FLK \
FM FSM FO FRO FR FRA GA GAB GB GBR GD GRD GE GEO GF GUF GG GGY GH GHA GI GIB GL GRL GM GMB GN GIN GP GLP GQ GNQ GR GRC GS SGS \
GT GTM GU GUM GW GNB GY GUY HK HKG HM HMD HN HND HR HRV HT HTI HU HUN ID IDN IE IRL IL ISR IM IMN IN IND IO IOT IQ IRQ IR IRN \
IS ISL IT ITA JE JEY JM JAM JO JOR JP JPN KE KEN KG KGZ KH KHM KI KIR KM COM KN KNA KP PRK KR KOR KW KWT KY CYM KZ KAZ LA LAO \
LB LBN LC LCA LI LIE LK LKA LR LBR LS LSO LT LTU LU LUX LV LVA LY LBY MA MAR MC MCO MD MDA ME MNE MF MAF MG MDG MH MHL MK MKD \
ML MLI MM MMR MN MNG MO MAC MP MNP MQ MTQ MR MRT MS MSR MT MLT MU MUS MV MDV MW MWI MX MEX MY MYS MZ MOZ NA NAM NC NCL NE NER \
NF NFK NG NGA NI NIC NL NLD NO NOR NP NPL NR NRU NU NIU NZ NZL OM OMN PA PAN PE PER PF PYF PG PNG PH PHL PK PAK PL POL PM SPM \
PN PCN PR PRI PS PSE PT PRT PW PLW PY PRY QA QAT RE REU RO ROU RS SRB RU RUS RW RWA SA SAU SB SLB SC SYC SD SDN SE SWE SG SGP \
SH SHN SI SVN SJ SJM SK SVK SL SLE SM SMR SN SEN SO SOM SR SUR SS SSD ST STP SV SLV SX SXM SY SYR SZ SWZ TC TCA TD TCD TF ATF \
TG TGO TH THA TJ TJK TK TKL TL TLS TM TKM TN TUN TO TON TR TUR TT TTO TV TUV TW TWN TZ TZA UA UKR UG UGA UM UMI US USA UY URY \
UZ UZB VA VAT VC VCT VE VEN VG VGB VI VIR VN VNM VU VUT WF WLF WS WSM YE YEM YT MYT ZA ZAF ZM ZMB ZW ZWE";

/// Returns the two-letter code of a country. Returns a code of two letters unchanged, and None for an unknown code of any other
/// length.
pub(super) fn two_letters(code: &str) -> Option<&str> {
    if code.len() == 2 {
        return Some(code);
    }
    let mut codes = CODES.split(' ');
    while let (Some(two), Some(three)) = (codes.next(), codes.next()) {
        if three.eq_ignore_ascii_case(code) {
            return Some(two);
        }
    }
    None
}

/// Returns the three-letter code of a country with this two-letter code, or None for an unknown code.
pub(super) fn three_letters(code: &str) -> Option<&'static str> {
    let mut codes = CODES.split(' ');
    while let (Some(two), Some(three)) = (codes.next(), codes.next()) {
        if two.eq_ignore_ascii_case(code) {
            return Some(three);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn three_letters_become_two() {
        for (written, two) in
            [("USA", Some("US")), ("deu", Some("DE")), ("GBR", Some("GB")), ("CHE", Some("CH")), ("fr", Some("fr"))]
        {
            assert_eq!(two_letters(written), two, "{written}");
        }
        for nowhere in ["", "XXX", "DE USA", "Germany"] {
            assert_eq!(two_letters(nowhere), None, "{nowhere}");
        }
    }

    #[test]
    fn two_letters_become_three() {
        for (written, three) in [("US", Some("USA")), ("gb", Some("GBR")), ("DEU", None), ("XX", None), ("", None)] {
            assert_eq!(three_letters(written), three, "{written}");
        }
    }

    #[test]
    fn every_country_is_there_once() {
        let codes: Vec<&str> = CODES.split(' ').collect();
        let (two, three): (Vec<&str>, Vec<&str>) = codes.iter().partition(|code| code.len() == 2);
        assert_eq!((two.len(), three.len()), (249, 249));
        assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), 498);
        assert!(codes.chunks(2).all(|pair| pair[0].len() == 2 && pair[1].len() == 3));
    }
}
