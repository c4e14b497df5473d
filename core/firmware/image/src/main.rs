//! Reads a firmware image for `check`: `jwtick-image QUESTION ELF`.

mod image;
mod panics;
mod stack;
mod thumb;

use std::error::Error;
use std::process::ExitCode;

use image::Image;

fn main() -> ExitCode {
    match answer() {
        Ok(lines) => {
            lines.iter().for_each(|line| println!("{line}"));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("jwtick-image: {error}");
            ExitCode::FAILURE
        }
    }
}

fn answer() -> Result<Vec<String>, Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(question), Some(path)) = (arguments.next(), arguments.next()) else {
        return Err(
            "usage: jwtick-image sections|functions|allocators|panics|floats ELF, or stack ELF FUNCTION"
                .into(),
        );
    };
    let bytes = std::fs::read(&path).map_err(|error| format!("{path}: {error}"))?;
    let image = Image::read(&bytes).map_err(|error| format!("{path}: {error}"))?;
    match question.as_str() {
        "sections" => Ok(image.sections()),
        "functions" => Ok(image.largest()),
        "allocators" => Ok(image.allocators()),
        "panics" => panics::callers(&image),
        "floats" => Ok(image::float_users(&image)),
        "stack" => stack::bound(&image, &arguments.next().ok_or("expected the name of a function after ELF, but found none")?),
        other => Err(format!("unknown question {other}: expected sections, functions, allocators, panics, floats or stack").into()),
    }
}
