//! Room for sockets: a user's soft limit is often lower than what a server is allowed to open.

/// For everything that is no connection of a client: standard streams, queues, files.
#[cfg(target_os = "linux")]
const BESIDES: u64 = 64;

/// Raises the soft limit of this process (getrlimit(2), `RLIMIT_NOFILE`) as far as `connections`
/// ask for and the hard limit allows. Where that is too little, clients wait to be accepted.
#[cfg(target_os = "linux")]
pub(super) fn allow(connections: usize) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let refused = connections.div_ceil(4); // see `accept`
    let asked = u64::try_from(connections.saturating_add(refused)).unwrap_or(u64::MAX);
    let asked = asked.saturating_add(BESIDES);
    let allowed = maximum.map_or(asked, |maximum| maximum.min(asked));
    if current.is_some_and(|current| current < allowed) {
        let _ = setrlimit(Resource::Nofile, Rlimit { current: Some(allowed), maximum });
    }
}

/// Other systems are left as they are.
#[cfg(not(target_os = "linux"))]
pub(super) const fn allow(_connections: usize) {}
