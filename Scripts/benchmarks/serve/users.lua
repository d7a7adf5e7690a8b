-- Requests for lists of users drawn anew each time, so that no answer can be kept.
function init(arguments) math.randomseed(7) end
function request() return wrk.format("GET", "/recommend/" .. math.random(1, 20000)) end
