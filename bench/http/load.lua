-- wrk's part: requests of one path, or of a path for each VIN of a file; a line of JSON at the end.
-- After "--": [file, a VIN a line] [number of the first VIN, from 0] [path before the VIN] ["once" or "again"]
local paths = nil
local is_once = false
local fixed = nil
local position = 0

local function read_paths(file, from, prefix)
    local paths = {}
    local number = 0
    for vin in io.lines(file) do
        if number >= from then
            paths[#paths + 1] = prefix .. vin
        end
        number = number + 1
    end
    return paths
end

function init(args)
    if args[1] then
        paths = read_paths(args[1], tonumber(args[2]), args[3])
        is_once = args[4] == "once"
    end
    fixed = wrk.format()
end

-- Both kinds go through this function, so that both cost wrk the same.
function request()
    if paths == nil then
        return fixed
    end
    if position == #paths then
        if is_once then
            -- Other connections may come here before wrk has stopped: they get the last VIN once more.
            wrk.thread:stop()
            return wrk.format("GET", paths[position])
        end
        position = 0
    end
    position = position + 1
    return wrk.format("GET", paths[position])
end

function done(summary, latency, all)
    local errors = summary.errors
    io.write(string.format(
        '{"requests":%d,"microseconds":%d,"bytes":%d,"failures":%d,"p50":%.0f,"p99":%.0f,"p999":%.0f}\n',
        summary.requests, summary.duration, summary.bytes,
        errors.connect + errors.read + errors.write + errors.status + errors.timeout,
        latency:percentile(50), latency:percentile(99), latency:percentile(99.9)
    ))
end
