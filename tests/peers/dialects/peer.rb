# ruby-jwt in tests/tests/real/dialects.rs: `peer.rb SECRET-FILE`, with a stopped clock. Reads a token from
# each line, and answers each by `A`, or by `R` and the error.

require 'jwt'

SECRET = File.binread(ARGV.fetch(0))
STDIN.each_line(chomp: true) do |token|
  JWT.decode(token, SECRET, true, algorithm: 'HS256')
  puts 'A'
rescue StandardError => e
  puts "R #{e.class}: #{e.message.inspect}"
end
