//! Time zones of regions in countries with several zones: states, provinces and territories by the abbreviations of ISO 3166-2,
//! which carriers use too. A region whose clocks differ is not listed, even if a single town differs: Alaska, Arizona, Florida,
//! Idaho, Indiana, Kansas, Kentucky, Michigan, Nebraska, Nevada, North and South Dakota, Oregon, Tennessee, Texas; British
//! Columbia, Newfoundland and Labrador, Nunavut, Ontario, Quebec, Saskatchewan; New South Wales and Western Australia; Amazonas
//! and Pernambuco; Chihuahua, Coahuila, Nayarit, Nuevo León and Tamaulipas.

use chrono_tz::Tz;

/// Country and regions, with the common zone of these regions.
pub(super) const REGIONS: &[(&str, &[&str], Tz)] = &[
    ("AU", &["ACT"], Tz::Australia__Sydney),
    ("AU", &["NT"], Tz::Australia__Darwin),
    ("AU", &["QLD"], Tz::Australia__Brisbane),
    ("AU", &["SA"], Tz::Australia__Adelaide),
    ("AU", &["TAS"], Tz::Australia__Hobart),
    ("AU", &["VIC"], Tz::Australia__Melbourne),
    ("BR", &["AC"], Tz::America__Rio_Branco),
    ("BR", &["AL", "SE"], Tz::America__Maceio),
    ("BR", &["AP", "PA"], Tz::America__Belem),
    ("BR", &["BA"], Tz::America__Bahia),
    ("BR", &["CE", "MA", "PB", "PI", "RN"], Tz::America__Fortaleza),
    ("BR", &["DF", "ES", "GO", "MG", "PR", "RJ", "RS", "SC", "SP"], Tz::America__Sao_Paulo),
    ("BR", &["MS"], Tz::America__Campo_Grande),
    ("BR", &["MT"], Tz::America__Cuiaba),
    ("BR", &["RO"], Tz::America__Porto_Velho),
    ("BR", &["RR"], Tz::America__Boa_Vista),
    ("BR", &["TO"], Tz::America__Araguaina),
    ("CA", &["AB", "NT"], Tz::America__Edmonton),
    ("CA", &["MB"], Tz::America__Winnipeg),
    ("CA", &["NB"], Tz::America__Moncton),
    ("CA", &["NS", "PE"], Tz::America__Halifax),
    ("CA", &["YT"], Tz::America__Whitehorse),
    ("MX", &["AGU", "CHP", "CMX", "COL", "DIF", "GRO", "GUA", "HID", "JAL", "MEX"], Tz::America__Mexico_City),
    ("MX", &["MIC", "MOR", "OAX", "PUE", "QUE", "SLP", "TAB", "TLA", "VER", "ZAC"], Tz::America__Mexico_City),
    ("MX", &["BCN"], Tz::America__Tijuana),
    ("MX", &["BCS", "SIN"], Tz::America__Mazatlan),
    ("MX", &["CAM", "YUC"], Tz::America__Merida),
    ("MX", &["DUR"], Tz::America__Monterrey),
    ("MX", &["ROO"], Tz::America__Cancun),
    ("MX", &["SON"], Tz::America__Hermosillo),
    ("US", &["CT", "DC", "DE", "GA", "MA", "MD", "ME", "NC", "NH", "NJ"], Tz::America__New_York),
    ("US", &["NY", "OH", "PA", "RI", "SC", "VA", "VT", "WV"], Tz::America__New_York),
    ("US", &["AL", "AR", "IA", "IL", "LA", "MN", "MO", "MS", "OK", "WI"], Tz::America__Chicago),
    ("US", &["CO", "MT", "NM", "UT", "WY"], Tz::America__Denver),
    ("US", &["CA", "WA"], Tz::America__Los_Angeles),
    ("US", &["HI"], Tz::Pacific__Honolulu),
    // ISO 3166-1 lists the territories as countries; American carriers write them as states.
    ("US", &["AS"], Tz::Pacific__Pago_Pago),
    ("US", &["GU"], Tz::Pacific__Guam),
    ("US", &["MP"], Tz::Pacific__Saipan),
    ("US", &["PR"], Tz::America__Puerto_Rico),
    ("US", &["VI"], Tz::America__St_Thomas),
];
