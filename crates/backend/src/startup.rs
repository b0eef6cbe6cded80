//! Checks at startup, before anything is opened: refuses weak secrets, and a demo that other machines could reach. Called by the
//! binary. Each error message describes the correction.

use crate::config::Config;

/// Minimum length of a secret in bytes. A shorter one could be guessed.
const MIN_SECRET_BYTES: usize = 16;

/// One configured secret.
struct Secret<'a> {
    /// Environment variable of the secret; its flag has the same name.
    variable: &'static str,
    value: Option<&'a str>,
    /// Party that creates the secret.
    maker: Maker,
}

/// Party that creates a secret. It determines the advice about a bad one.
#[derive(Clone, Copy)]
enum Maker {
    /// The operator of the backend.
    Operator,
    /// A third party, which shows the secret or lets the operator set it there.
    ThirdParty(&'static str),
}

/// Refuses a configuration with weak secrets or a reachable demo.
pub fn check(config: &Config) -> Result<(), String> {
    check_demo(config)?;
    secrets(config).iter().try_for_each(|secret| check_secret(secret, config.demo))
}

/// Refuses a demo that other machines could reach, because its keys are public.
fn check_demo(config: &Config) -> Result<(), String> {
    if !config.demo {
        return Ok(());
    }
    if !config.bind.is_loopback() {
        let bind = config.bind;
        return Err(format!(
            "the demo's keys are known to everybody, and at {bind} others could reach it.\n\
             Leave --bind out: the demo listens on 127.0.0.1 only. To serve others, run without --demo."
        ));
    }
    if !config.registration.register_with.is_empty() {
        return Err("the demo's tracking numbers are invented, and a provider would be asked about them.\n\
                    Leave --register-with out, or run without --demo."
            .to_owned());
    }
    if !config.trusted_proxy.is_empty() {
        return Err("the demo's keys are known to everybody, and behind a proxy others could reach it.\n\
                    Leave --trusted-proxy out, or run without --demo."
            .to_owned());
    }
    Ok(())
}

fn secrets(config: &Config) -> Vec<Secret<'_>> {
    fn secret<'a>(variable: &'static str, value: Option<&'a str>, maker: Maker) -> Secret<'a> {
        Secret { variable, value, maker }
    }
    let own = [
        secret("DOORSTEP_SECRET", config.secret.as_deref(), Maker::Operator),
        secret("DOORSTEP_LOOKUP_PEPPER", config.lookup_pepper.as_deref(), Maker::Operator),
        secret("DOORSTEP_ADMIN_KEY", config.admin_key.as_deref(), Maker::Operator),
        secret("DOORSTEP_HELPDESK_SECRET", config.helpdesk_secret.as_deref(), Maker::Operator),
        secret("DOORSTEP_WEBHOOK_SECRET", config.webhook_secret.as_deref(), Maker::Operator),
        secret("DOORSTEP_HELPDESK_AUTHORIZATION", config.helpdesk_authorization.as_deref(), Maker::ThirdParty("the helpdesk")),
    ];
    let flags = &config.registration;
    let api_keys = [
        ("DOORSTEP_AFTERSHIP_API_KEY", &flags.aftership_api_key, "AfterShip"),
        ("DOORSTEP_EASYPOST_API_KEY", &flags.easypost_api_key, "EasyPost"),
        ("DOORSTEP_KARRIO_API_KEY", &flags.karrio_api_key, "Karrio"),
        ("DOORSTEP_SEVENTEENTRACK_API_KEY", &flags.seventeentrack_api_key, "17TRACK"),
        ("DOORSTEP_SHIPENGINE_API_KEY", &flags.shipengine_api_key, "ShipEngine"),
        ("DOORSTEP_SHIPPO_API_KEY", &flags.shippo_api_key, "Shippo"),
    ]
    .map(|(variable, key, provider)| secret(variable, key.as_deref(), Maker::ThirdParty(provider)));
    // Several values may be valid at the same time, and each must be strong.
    let shared = [
        ("DOORSTEP_CARRIER_SECRET", &config.carrier_secret, Maker::Operator),
        ("DOORSTEP_EASYPOST_SECRET", &config.easypost_secret, Maker::ThirdParty("EasyPost")),
        ("DOORSTEP_AFTERSHIP_SECRET", &config.aftership_secret, Maker::ThirdParty("AfterShip")),
        ("DOORSTEP_SHIPPO_SECRET", &config.shippo_secret, Maker::ThirdParty("Shippo")),
        ("DOORSTEP_SEVENTEENTRACK_KEY", &config.seventeentrack_key, Maker::ThirdParty("17TRACK")),
        ("DOORSTEP_KARRIO_SECRET", &config.karrio_secret, Maker::ThirdParty("Karrio")),
        ("DOORSTEP_SHOPIFY_SECRET", &config.shopify_secret, Maker::ThirdParty("Shopify")),
    ];
    let shared = shared
        .into_iter()
        .flat_map(|(variable, values, maker)| values.iter().map(move |value| secret(variable, Some(value), maker)));
    own.into_iter().chain(api_keys).chain(shared).collect()
}

fn check_secret(secret: &Secret<'_>, is_demo: bool) -> Result<(), String> {
    let Secret { variable, value: Some(value), maker } = secret else { return Ok(()) };
    let bytes = value.trim().len();
    let is_known = value.starts_with("demo-") && value.ends_with("-secret") || value.starts_with("the demo's own secret");
    let wrong = if bytes == 0 {
        format!("{variable} is set and empty: nothing would be protected by it")
    } else if is_demo {
        return Ok(());
    } else if is_known {
        format!("{variable} is a secret of the demo, which everybody knows")
    } else if bytes < MIN_SECRET_BYTES {
        format!("{variable} has {bytes} bytes, it needs at least {MIN_SECRET_BYTES}")
    } else {
        return Ok(());
    };
    let advice = match maker {
        Maker::Operator => format!(
            "Make one and keep it, or unset it where it is not needed:\n\n    export {variable}=\"$(openssl rand -base64 32)\""
        ),
        Maker::ThirdParty(name) => {
            format!("Set it to what {name} shows, or set a longer one there and here; unset it where {name} is not used.")
        }
    };
    Err(format!("{wrong}.\n{advice}"))
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;

    const VARIABLES: [&str; 19] = [
        "--secret",
        "--lookup-pepper",
        "--admin-key",
        "--helpdesk-secret",
        "--helpdesk-authorization",
        "--webhook-secret",
        "--carrier-secret",
        "--easypost-secret",
        "--aftership-secret",
        "--shippo-secret",
        "--seventeentrack-key",
        "--karrio-secret",
        "--shopify-secret",
        "--aftership-api-key",
        "--easypost-api-key",
        "--karrio-api-key",
        "--seventeentrack-api-key",
        "--shipengine-api-key",
        "--shippo-api-key",
    ];

    fn checked(arguments: &[&str]) -> Result<(), String> {
        let config = Config::try_parse_from([&["doorstep-backend"], arguments].concat()).expect("flags");
        check(&config.with_demo_defaults())
    }

    #[test]
    fn every_empty_or_short_secret_is_refused_with_its_name_and_what_to_do() {
        for flag in VARIABLES {
            let variable = format!("DOORSTEP_{}", flag.trim_start_matches("--").replace('-', "_").to_uppercase());
            for value in ["", "  ", "short", "fifteen bytes a", "demo-easypost-secret"] {
                let said = checked(&[flag, value]).expect_err(flag);
                assert!(said.starts_with(&variable) && said.lines().count() > 1, "{said}");
            }
            assert_eq!(checked(&[flag, "a secret of more than thirty-two bytes"]), Ok(()));
        }
        assert!(checked(&["--demo", "--admin-key", ""]).is_err());
    }

    #[test]
    fn the_demo_is_refused_wherever_others_could_reach_it() {
        for bind in ["127.0.0.1", "127.8.8.8", "::1"] {
            assert_eq!(checked(&["--demo", "--bind", bind]), Ok(()));
        }
        for bind in ["0.0.0.0", "::", "192.168.1.7", "203.0.113.9", "2001:db8::1", "::ffff:203.0.113.9"] {
            assert!(checked(&["--demo", "--bind", bind]).expect_err(bind).contains("--bind"));
            assert_eq!(checked(&["--bind", bind]), Ok(()));
        }
        assert!(checked(&["--demo", "--register-with", "easypost"]).expect_err("a provider").contains("--register-with"));
        assert!(checked(&["--demo", "--trusted-proxy", "10.0.0.0/8"]).expect_err("a proxy").contains("--trusted-proxy"));
    }
}
