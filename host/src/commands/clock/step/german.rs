//! Why the clock is not set, in German.

use jwtick_core::words::{self, Language};

use super::error::{Rights, StepError};
use crate::source::daemon::Place;
use crate::source::step::SetError;

pub(super) fn error(error: &StepError) -> String {
    match error {
        StepError::NobodyToAsk => "--step fragt, bevor es die Uhr stellt, und die Standardeingabe \
                                   ist kein Terminal: Fügen Sie --yes hinzu"
            .into(),
        StepError::Declined => "Die Uhr wurde nicht gestellt".into(),
        StepError::Daemon(daemon) => format!(
            "{} läuft und stellt diese Uhr, zwei dürfen es nicht: Lassen Sie es sofort tun, `{}`",
            daemon.name(),
            daemon.command()
        ),
        StepError::Refused(refusal) => {
            let refusal = words::step_refusal(refusal, Language::German);
            format!("Die Uhr wird nicht gestellt. {refusal}")
        }
        StepError::Privilege(rights) => privilege(rights),
        StepError::Set(fault) => set(fault),
    }
}

fn privilege(rights: &Rights) -> String {
    let Rights { place, again, date } = rights;
    match place {
        Place::Container => format!(
            "Dieser Container darf die Uhr nicht stellen, sie ist die der Maschine, auf der er \
             läuft: Führen Sie dort `{again}` oder `{date}` aus"
        ),
        Place::Wsl => format!(
            "Nur ein privilegiertes Programm darf die Uhr stellen (CAP_SYS_TIME): Führen Sie \
             `{again}` oder `sudo hwclock --hctosys` aus, oder starten Sie WSL in Windows mit `wsl \
             --shutdown` neu"
        ),
        Place::Machine | Place::Windows | Place::Macos => format!(
            "Nur ein privilegiertes Programm darf die Uhr stellen (CAP_SYS_TIME): Führen Sie \
             `{again}` aus, oder `{date}` und danach `sudo hwclock --systohc`"
        ),
    }
}

fn set(fault: &SetError) -> String {
    match fault {
        SetError::System(source) => format!("Die Uhr lässt sich nicht stellen: {source}"),
        // Said before, each by its own words.
        SetError::Lost(_) | SetError::Privilege => fault.to_string(),
    }
}
