//! Other worlds whose logs have the same text: what is proven by the text is true in all of them.

use super::Draw;
use super::log::written;
use super::scene::{Objection, SECOND, Scene};

const MINUTE: i64 = 60 * SECOND;

/// Number of worlds that are tried for a log. Most of them write another text.
const TRIED: usize = 8;

/// Scenes that `text`, the log of `scene`, leaves possible as well.
pub(crate) fn others(scene: &Scene, objection: Objection, text: &str, seed: u64) -> Vec<Scene> {
    let mut draw = Draw::new(!seed);
    let drawn = (0..TRIED).map(|_| other(scene, &mut draw));
    let is_possible = |it: &Scene| {
        it.objection(it.offset) == Some(objection)
            && !it.looks_like_zone()
            && written(it, objection) == text
    };
    drawn.filter(is_possible).collect()
}

fn other(scene: &Scene, draw: &mut Draw) -> Scene {
    let mut it = scene.clone();
    match draw.between(0, 5) {
        // The host is configured for another zone.
        0 => {
            it.zone = draw.between(-48, 56) * 15 * 60;
            it.offset += (it.zone - scene.zone) * SECOND;
        }
        // The servers have another time, by less than a second or by much.
        1 => later(&mut it, draw.signed(0, SECOND)),
        2 => later(&mut it, draw.signed(0, 600 * MINUTE)),
        // The judge tolerates more or less.
        3 => it.leeway = draw.between(0, 600),
        // The answer was written earlier or later.
        4 => {
            let apart = draw.between(1_000, scene.there + scene.back - 1_000);
            (it.there, it.back) = (apart, scene.there + scene.back - apart);
        }
        _ => {
            it.leeway = draw.between(0, 30);
            later(&mut it, draw.signed(0, 300_000));
        }
    }
    it
}

/// Moves all that does not happen by the local clock.
const fn later(scene: &mut Scene, by: i64) {
    scene.made += by;
    scene.offset += by;
    scene.age += by;
}
