-- Requests for lists of users drawn anew each time, so that no answer can be kept.
function init(arguments) math.randomseed(7) end
function request() return wrk.format("GET", "/recommend/" .. math.random(1, 20000)) end

-- How long each connection waits before it asks again, in milliseconds; drawn, so that they do not ask together.
local pause = tonumber(os.getenv("RECLINE_BENCH_PAUSE") or "0")
if pause > 0 then
  function delay() return math.random(0, 2 * pause) end
end
