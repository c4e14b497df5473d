//! Why the clock is not set, in Korean.

use jwtick_core::words::{self, Language};

use super::error::{Rights, StepError};
use crate::source::daemon::Place;
use crate::source::step::SetError;

pub(super) fn error(error: &StepError) -> String {
    match error {
        StepError::NobodyToAsk => {
            "--step 옵션은 시계를 맞추기 전에 확인을 요청하지만 표준 입력이 터미널이 \
                                   아닙니다. --yes 옵션을 추가하십시오"
                .into()
        }
        StepError::Declined => "시계를 맞추지 않았습니다".into(),
        StepError::Daemon(daemon) => format!(
            "{} 실행 중이며 이 시계를 맞추고 있습니다. 둘이 함께 맞추면 안 되므로 다음 명령으로 즉시 맞추게 \
             하십시오: `{}`",
            daemon.name(),
            daemon.command()
        ),
        StepError::Refused(refusal) => {
            let refusal = words::step_refusal(refusal, Language::Korean);
            format!("시계를 맞추지 않습니다. {refusal}")
        }
        StepError::Privilege(rights) => privilege(rights),
        StepError::Set(fault) => set(fault),
    }
}

fn privilege(rights: &Rights) -> String {
    let Rights { place, again, date } = rights;
    match place {
        Place::Container => format!(
            "이 컨테이너는 시계를 맞출 수 없습니다. 시계는 컨테이너를 실행하는 호스트의 것이므로 호스트에서 \
             `{again}` 또는 `{date}` 명령을 실행하십시오"
        ),
        Place::Wsl => format!(
            "시계를 맞추려면 권한(CAP_SYS_TIME)이 필요합니다. `{again}` 또는 `sudo hwclock --hctosys` 명령을 \
             실행하거나 Windows에서 `wsl --shutdown` 명령으로 WSL을 다시 시작하십시오"
        ),
        Place::Machine | Place::Windows | Place::Macos => format!(
            "시계를 맞추려면 권한(CAP_SYS_TIME)이 필요합니다. `{again}` 명령을 실행하거나, `{date}` 명령에 \
             이어서 `sudo hwclock --systohc` 명령을 실행하십시오"
        ),
    }
}

fn set(fault: &SetError) -> String {
    match fault {
        SetError::System(source) => format!("시계를 맞출 수 없습니다: {source}"),
        // Said before, each by its own words.
        SetError::Lost(_) | SetError::Privilege => fault.to_string(),
    }
}
