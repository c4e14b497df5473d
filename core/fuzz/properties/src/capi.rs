//! The C ABI and the Rust API read the same from a token, and no byte next to the outputs is
//! written.

mod caller;
mod same;

use jwtick_capi::{ROOM_OVERHEAD, Status};
use jwtick_core::token::DecodeError;
use jwtick_core::{Scratch, Token};

use crate::broken;
use caller::{RefusalContext, TokenContext, zeroed_refusal, zeroed_token};

/// Large enough for the longest token of the fuzzers.
const ROOM: usize = 8_192;
/// The byte before and after the room, which must not change.
const EDGE: u8 = 0xA5;
const EDGES: usize = 16;

/// The first two bytes give the misalignment of the room and how much smaller than necessary it is.
/// The rest is a token.
pub fn capi(input: &[u8]) {
    let Some(([aside, short], compact)) = input.split_first_chunk() else { return };
    // Half of all rooms are large enough.
    let short = usize::from(short.saturating_sub(128)) * 8;
    let mut room = Room::of(compact.len(), usize::from(aside % 16), short);
    let (mut token, mut why) = (zeroed_token(), zeroed_refusal());
    let status = caller::decode(compact, room.bytes(), &mut token, &mut why);
    let mut scratch = Scratch::<ROOM>::new();
    match Token::decode(compact, &mut scratch) {
        Ok(ours) if status == Status::Ok => same::assert_token(&ours, &token),
        ours => {
            assert_refused(status, ours.as_ref().err(), short, &token);
            assert_said(&why, ours.err().filter(|_| status != Status::TokenRoom));
        }
    }
    assert!(room.has_its_edges(), "a byte next to the room was written");
}

/// Asserts that C is told the reason, and that nothing but the reason was written.
fn assert_refused(status: Status, ours: Option<&DecodeError>, short: usize, token: &TokenContext) {
    match (status, ours) {
        (Status::TokenRoom, _) => assert_ne!(short, 0, "the room was large enough"),
        (Status::TokenSegments, Some(DecodeError::Segments { .. }))
        | (Status::TokenBase64, Some(DecodeError::Base64 { .. }))
        | (
            Status::HeaderJson
            | Status::HeaderAlgMissing
            | Status::HeaderAlgNone
            | Status::HeaderAlgUnknown
            | Status::HeaderType
            | Status::HeaderCritEmpty
            | Status::HeaderCritUnknown
            | Status::HeaderUnencoded,
            Some(DecodeError::Header(_)),
        )
        | (Status::ClaimsJson | Status::ClaimsType, Some(DecodeError::Claims(_))) => {}
        (status, ours) => broken(format_args!("{status:?}, but {ours:?}")),
    }
    assert_eq!(token.opaque, zeroed_token().opaque, "the token was written despite a refusal");
    assert_eq!(caller::claims(token).err(), Some(Status::Unprepared));
}

/// Asserts that the reason is the sentence that Rust has for it.
fn assert_said(why: &RefusalContext, ours: Option<DecodeError>) {
    let said = caller::refusal(why);
    match ours {
        Some(ours) => assert_eq!(said, Ok(ours.to_string())),
        None => assert!(said.is_ok_and(|said| said.contains("bytes"))),
    }
}

/// Room for a token, as `JWTICK_ROOM` computes it, between two edges.
struct Room {
    memory: Vec<u8>,
    start: usize,
    length: usize,
}

impl Room {
    fn of(compact: usize, aside: usize, short: usize) -> Self {
        let length = (ROOM_OVERHEAD + compact / 4 * 3 + 3).saturating_sub(short);
        let start = EDGES + aside;
        Self { memory: vec![EDGE; start + length + EDGES], start, length }
    }

    fn bytes(&mut self) -> &mut [u8] {
        self.memory.get_mut(self.start..self.start + self.length).unwrap_or_default()
    }

    fn has_its_edges(&self) -> bool {
        let end = self.start + self.length;
        let edges = self.memory.iter().take(self.start).chain(self.memory.iter().skip(end));
        edges.copied().all(|byte| byte == EDGE)
    }
}
