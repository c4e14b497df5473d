//! What to do about a surveyed clock, most useful first.

use super::{ClockVerdict, Doubt, Survey};
use crate::diagnosis::Remedy;

/// Who sets the clock of a host, or would.
///
/// # Example
/// ```
/// use jwtick_core::{Keeper, Offset, Remedy, Span, Survey};
/// let minute = Offset::between(Span::from_secs(59), Span::from_secs(61));
/// let survey = Survey::of(&[minute, minute], Span::from_secs(1));
/// assert_eq!(survey.remedies(Keeper::Chrony).first(), Some(&Remedy::SyncChrony));
/// assert!(survey.remedies(Keeper::Nobody).contains(&Remedy::StepClock));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Keeper {
    /// chrony.
    Chrony,
    /// systemd-timesyncd.
    Timesyncd,
    /// ntpd, of ntp.org or as ntpsec.
    Ntpd,
    /// The time service of Windows.
    Windows,
    /// timed of macOS.
    Macos,
    /// A Linux inside of Windows (WSL).
    Wsl,
    /// The machine that runs this container.
    ContainerHost,
    /// Nobody.
    Nobody,
}

impl Survey {
    /// What to do on a host whose clock `keeper` sets.
    #[must_use]
    pub fn remedies(self, keeper: Keeper) -> heapless::Vec<Remedy, 8> {
        let mut list = heapless::Vec::new();
        let mut add = |remedy| {
            let _ = list.push(remedy);
        };
        match self.verdict() {
            ClockVerdict::Right => {}
            ClockVerdict::Wrong(_) => self.correct(keeper, &mut add),
            ClockVerdict::Undecided(Doubt::NothingMeasured) => add(Remedy::ReachSources),
            ClockVerdict::Undecided(Doubt::NoMajority(_)) => add(Remedy::NameAnotherSource),
            ClockVerdict::Undecided(Doubt::AcrossTheEdge) => add(Remedy::AskNearer),
        }
        if self.measured() > self.rests_on() && self.rests_on() > 0 {
            add(Remedy::MistrustSource);
        }
        list
    }

    fn correct(self, keeper: Keeper, add: &mut impl FnMut(Remedy)) {
        // A clock is not to be set on the word of one server that nobody vouches for.
        if self.rests_on() < 2 {
            add(Remedy::NameAnotherSource);
        }
        match keeper {
            Keeper::Chrony => add(Remedy::SyncChrony),
            Keeper::Timesyncd => add(Remedy::SyncSystemd),
            Keeper::Ntpd => add(Remedy::SyncNtpd),
            Keeper::Windows => add(Remedy::SyncWindows),
            Keeper::Macos => add(Remedy::SyncMacos),
            Keeper::Wsl => add(Remedy::SyncGuest),
            Keeper::ContainerHost => add(Remedy::SyncContainerHost),
            Keeper::Nobody => {
                add(Remedy::StepClock);
                add(Remedy::SyncSystemd);
            }
        }
        if let Some(offset) = self.offset() {
            add(Remedy::ApplyOffset(offset));
        }
        add(Remedy::RenewSessions);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::offset::Offset;
    use crate::time::Span;

    #[test]
    fn says_what_to_do_about_each_verdict() {
        let at = |secs| Some(Offset::exactly(Span::from_secs(secs)));
        let across = Offset::between(Span::ZERO, Span::from_secs(5));
        let apply = |secs| Remedy::ApplyOffset(Offset::exactly(Span::from_secs(secs)));
        type Row<'r> = (&'r str, &'r [Option<Offset>], Keeper, &'r [Remedy]);
        let rows: &[Row<'_>] = &[
            ("right", &[at(0)], Keeper::Chrony, &[]),
            ("no answer", &[None], Keeper::Chrony, &[Remedy::ReachSources]),
            ("contradiction", &[at(0), at(9)], Keeper::Chrony, &[Remedy::NameAnotherSource]),
            ("too wide", &[across], Keeper::Chrony, &[Remedy::AskNearer]),
            ("a falseticker", &[at(0), at(0), at(9)], Keeper::Chrony, &[Remedy::MistrustSource]),
            (
                "wrong by two",
                &[at(9), at(9)],
                Keeper::Timesyncd,
                &[Remedy::SyncSystemd, apply(9), Remedy::RenewSessions],
            ),
            (
                "wrong by one, nobody sets it",
                &[at(9)],
                Keeper::Nobody,
                &[
                    Remedy::NameAnotherSource,
                    Remedy::StepClock,
                    Remedy::SyncSystemd,
                    apply(9),
                    Remedy::RenewSessions,
                ],
            ),
        ];
        for &(name, sources, keeper, expected) in rows {
            let found = Survey::of(sources, Span::from_secs(1)).remedies(keeper);
            assert_eq!(found.as_slice(), expected, "{name}");
        }
    }
}
