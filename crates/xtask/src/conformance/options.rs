//! Reads the command line of `conformance`. Tokens can come from the environment, because the list of processes shows arguments to every
//! user.

use crate::failure::Failure;

/// Text that `cargo xtask conformance --help` prints.
pub(super) const HELP: &str = "\
cargo xtask conformance --api URL --order ID --token T [options]

Checks a backend over HTTP against docs/connecting-a-backend.md. Changes nothing, unless `--act` is given.

  --api URL            base address of the API, such as https://shop.example/api
  --order ID           an order of yours, best one with parcels and events
  --token T            a token for it that may act (or DOORSTEP_TOKEN)
  --read-token T       a token for it that may only read (or DOORSTEP_READ_TOKEN)
  --number N           with --email E or --postcode P: the order's number, and a proof that opens it
  --origin URL         an origin whose pages may call the API
  --webhook NAME       a tracking provider that is set up, such as easypost
  --act                also open a `contact` case, write to it and send a photo, and see that each happens once
  --slow               also wait for the comment that keeps a silent stream open
  --without AREA       leave out stream, lookup, requests, evidence or webhooks: what is not built yet; repeatable
  --json               the report for machines

The last line counts; the exit code is 1 when something failed that must not fail, and 0 with warnings only.
";

/// Parts of the contract that can be left out.
pub(super) const AREAS: [&str; 5] = ["stream", "lookup", "requests", "evidence", "webhooks"];

/// Options of the command line.
#[derive(Debug, Default)]
pub(super) struct Options {
    pub(super) api: String,
    pub(super) order: String,
    pub(super) token: String,
    pub(super) read_token: Option<String>,
    pub(super) number: Option<String>,
    pub(super) email: Option<String>,
    pub(super) postcode: Option<String>,
    pub(super) origin: Option<String>,
    pub(super) webhook: Option<String>,
    pub(super) without: Vec<String>,
    pub(super) act: bool,
    pub(super) slow: bool,
    pub(super) json: bool,
    pub(super) help: bool,
}

impl Options {
    /// Reads the arguments that follow the name of the command.
    pub(super) fn read(arguments: &mut lexopt::Parser) -> Result<Self, Failure> {
        use lexopt::Arg::Long;
        let mut options = Self {
            token: std::env::var("DOORSTEP_TOKEN").unwrap_or_default(),
            read_token: std::env::var("DOORSTEP_READ_TOKEN").ok(),
            ..Self::default()
        };
        while let Some(argument) = arguments.next()? {
            match argument {
                Long("act") => options.act = true,
                Long("slow") => options.slow = true,
                Long("json") => options.json = true,
                Long("help") | lexopt::Arg::Short('h') => options.help = true,
                Long(name) => {
                    let name = name.to_owned();
                    options.set(&name, arguments)?;
                }
                other @ (lexopt::Arg::Short(_) | lexopt::Arg::Value(_)) => return Err(other.unexpected().into()),
            }
        }
        if options.help { Ok(options) } else { options.checked() }
    }

    fn set(&mut self, name: &str, arguments: &mut lexopt::Parser) -> Result<(), Failure> {
        let field = match name {
            "api" => &mut self.api,
            "order" => &mut self.order,
            "token" => &mut self.token,
            "read-token" => self.read_token.insert(String::new()),
            "number" => self.number.insert(String::new()),
            "email" => self.email.insert(String::new()),
            "postcode" => self.postcode.insert(String::new()),
            "origin" => self.origin.insert(String::new()),
            "webhook" => self.webhook.insert(String::new()),
            "without" => {
                self.without.push(String::new());
                let Some(last) = self.without.last_mut() else { return Ok(()) };
                last
            }
            _ => return Err(wrong(&format!("there is no option `--{name}`"))),
        };
        *field = lexopt::ValueExt::string(arguments.value()?)?;
        Ok(())
    }

    fn checked(self) -> Result<Self, Failure> {
        for (name, value) in [("--api", &self.api), ("--order", &self.order), ("--token", &self.token)] {
            if value.is_empty() {
                return Err(wrong(&format!("`{name}` is missing")));
            }
        }
        if !self.api.starts_with("https://") && !self.api.starts_with("http://") {
            return Err(wrong("`--api` must begin with https:// or http://"));
        }
        if let Some(area) = self.without.iter().find(|area| !AREAS.contains(&area.as_str())) {
            return Err(wrong(&format!("`--without {area}`: it can be {}", AREAS.join(", "))));
        }
        Ok(self)
    }

    /// Returns true if a part of the contract is left out.
    pub(super) fn leaves_out(&self, area: &str) -> bool {
        self.without.iter().any(|without| without == area)
    }
}

fn wrong(what: &str) -> Failure {
    Failure::new(what, "`cargo xtask conformance --help` lists the options")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(arguments: &[&str]) -> Result<Options, Failure> {
        Options::read(&mut lexopt::Parser::from_args(arguments))
    }

    #[test]
    fn what_is_needed_is_asked_for() {
        let whole = ["--api", "https://shop.example", "--order", "ord_1", "--token", "t", "--without", "lookup", "--act"];
        let options = read(&whole).unwrap();
        assert!(options.act && options.leaves_out("lookup") && !options.leaves_out("stream"));
        for (without, told) in [(0, "--api"), (2, "--order")] {
            let some: Vec<&str> =
                whole.iter().enumerate().filter(|(at, _)| *at != without && *at != without + 1).map(|(_, one)| *one).collect();
            assert!(read(&some).unwrap_err().to_string().contains(told));
        }
        assert!(read(&["--api", "shop.example", "--order", "o", "--token", "t"]).is_err());
        assert!(read(&[&whole[..], &["--without", "dance"]].concat()).is_err());
        assert!(read(&["--dance", "1"]).is_err());
        assert!(read(&["--help"]).unwrap().help);
    }
}
